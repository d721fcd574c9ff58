package io.kadedb.planner.physical;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.ConstructorDetector;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import org.jspecify.annotations.Nullable;

/**
 * The serialised form of a physical plan, in which fragments travel between nodes: a JSON object
 * <code>{"kadedb.plan": version, "plan": {"node": name, ...}}</code> with one member for each record component.
 *
 * <p>The unknown-field rule: a plan says exactly what to do, so a reader that meets a version, node, function or field
 * it does not know refuses the whole plan. A newer planner therefore sends an older node only what the older version
 * had; within one version the form never changes meaning.
 */
public final class PlanCodec {
    /** The version written; the only one read so far. */
    public static final int VERSION = 1;

    private static final String VERSION_FIELD = "kadedb.plan";
    private static final ObjectMapper MAPPER = mapper();

    private PlanCodec() {}

    public static String encode(PhysicalPlan plan) {
        ObjectNode envelope = MAPPER.createObjectNode();
        envelope.put(VERSION_FIELD, VERSION);
        envelope.set("plan", MAPPER.valueToTree(plan));
        return envelope.toString();
    }

    /**
     * Reads a plan.
     *
     * @throws KadeException XX003 for a version, node or field this build does not know, XX001 for what is not a plan
     */
    public static PhysicalPlan decode(String text) {
        try {
            JsonNode envelope = MAPPER.readTree(text);
            JsonNode version = envelope.path(VERSION_FIELD);
            JsonNode plan = envelope.path("plan");
            if (!version.isInt() || plan.isMissingNode()) {
                throw KadeException.of(ErrorCode.DATA_CORRUPTED, "not a serialised plan");
            }
            if (version.intValue() != VERSION) {
                throw unknown("version " + version.intValue(), null);
            }
            return MAPPER.treeToValue(plan, PhysicalPlan.class);
        } catch (InvalidTypeIdException e) {
            throw unknown("node \"" + e.getTypeId() + "\"", e);
        } catch (UnrecognizedPropertyException e) {
            throw unknown("field \"" + e.getPropertyName() + "\"", e);
        } catch (JsonProcessingException e) {
            throw KadeException.of(ErrorCode.DATA_CORRUPTED, "a serialised plan cannot be read", e);
        }
    }

    private static KadeException unknown(String what, @Nullable JsonProcessingException cause) {
        return KadeException.of(ErrorCode.INCOMPATIBLE_FORMAT, "a serialised plan has an unknown " + what, cause)
                .hint("the plan comes from a newer version of KadeDB; upgrade this node");
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new PlanValueModule())
                .constructorDetector(ConstructorDetector.USE_PROPERTIES_BASED)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addMixIn(PhysicalPlan.class, Tagged.class)
                .addMixIn(Expr.class, Tagged.class)
                .addMixIn(WindowCall.class, Tagged.class)
                .addMixIn(TermCondition.class, Tagged.class)
                .build();
        register(mapper, PhysicalPlan.class);
        register(mapper, Expr.class);
        register(mapper, WindowCall.class);
        register(mapper, TermCondition.class);
        return mapper;
    }

    private static void register(JsonMapper mapper, Class<?> sealed) {
        for (Class<?> node : sealed.getPermittedSubclasses()) {
            mapper.registerSubtypes(new NamedType(node, node.getSimpleName()));
        }
    }

    /** Writes the record's name beside its components. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "node")
    private interface Tagged {}
}
