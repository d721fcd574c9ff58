package io.kadedb.common.error;

import static io.kadedb.common.error.ErrorKind.EXTERNAL;
import static io.kadedb.common.error.ErrorKind.INTERNAL;
import static io.kadedb.common.error.ErrorKind.RESOURCE;
import static io.kadedb.common.error.ErrorKind.RETRYABLE;
import static io.kadedb.common.error.ErrorKind.USER;

/**
 * Every error KadeDB reports, with its SQLSTATE and kind. The codes are PostgreSQL's where it has one
 * (PostgreSQL manual, appendix A), so that drivers and frameworks classify them as they already do.
 */
public enum ErrorCode {
    FEATURE_NOT_SUPPORTED("0A000", USER, "The statement is understood but this feature is not built."),
    CARDINALITY_VIOLATION(
            "21000", USER, "A subquery used as a value gave several rows, or a row was to be written twice."),
    DATA_EXCEPTION("22000", USER, "A value that does not suit what is to be done with it."),
    STRING_DATA_RIGHT_TRUNCATION("22001", USER, "A text value is longer than its column allows."),
    NUMERIC_VALUE_OUT_OF_RANGE("22003", USER, "A number does not fit the type of its result."),
    NULL_VALUE_NOT_ALLOWED("22004", USER, "NULL where a value is needed."),
    INVALID_DATETIME_FORMAT("22007", USER, "Text cannot be read as a date, time, timestamp or interval."),
    DATETIME_FIELD_OVERFLOW("22008", USER, "A date or time is outside the supported range."),
    CHARACTER_NOT_IN_REPERTOIRE("22021", USER, "Text with bytes that are not UTF-8."),
    SUBSTRING_ERROR("22011", USER, "A substring length is negative."),
    DIVISION_BY_ZERO("22012", USER, "Division by zero."),
    INVALID_PRECEDING_OR_FOLLOWING_SIZE("22013", USER, "The offset of a window frame is negative."),
    INVALID_ARGUMENT_FOR_NTILE("22014", USER, "The argument of ntile is not positive."),
    INVALID_ARGUMENT_FOR_NTH_VALUE("22016", USER, "The position given to nth_value is not positive."),
    INVALID_ESCAPE_SEQUENCE("22025", USER, "The ESCAPE of a LIKE pattern is not valid."),
    INVALID_PARAMETER_VALUE("22023", USER, "An argument or setting has a value that is not allowed."),
    INVALID_REGULAR_EXPRESSION("2201B", USER, "A regular expression that cannot be understood."),
    INVALID_ARGUMENT_FOR_LOGARITHM("2201E", USER, "The logarithm of zero or of a negative number."),
    INVALID_ARGUMENT_FOR_POWER("2201F", USER, "A power or root outside its domain."),
    INVALID_ARGUMENT_FOR_WIDTH_BUCKET("2201G", USER, "An argument of width_bucket that makes no buckets."),
    SEQUENCE_LIMIT_EXCEEDED("2200H", USER, "A sequence that does not cycle is at its end."),
    ARRAY_SUBSCRIPT_ERROR("2202E", USER, "A subscript or dimension that an array cannot have."),
    INVALID_ROW_COUNT_IN_LIMIT("2201W", USER, "LIMIT is negative."),
    INVALID_ROW_COUNT_IN_OFFSET("2201X", USER, "OFFSET is negative."),
    DUPLICATE_JSON_OBJECT_KEY_VALUE(
            "22030", USER, "A key that comes twice in a JSON object that has to have unique ones."),
    INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION(
            "22031", USER, "A value in a document that a path cannot read as a date or time."),
    INVALID_JSON_TEXT("22032", USER, "Text that is no JSON where JSON has to be."),
    INVALID_SQL_JSON_SUBSCRIPT("22033", USER, "A subscript of a path that is no number, or that the array has not."),
    MORE_THAN_ONE_SQL_JSON_ITEM("22034", USER, "A path gave several items where one is wanted."),
    NO_SQL_JSON_ITEM("22035", USER, "A path gave no item where one is wanted."),
    NON_NUMERIC_SQL_JSON_ITEM("22036", USER, "An item method of a path cannot be applied to a value."),
    SINGLETON_SQL_JSON_ITEM_REQUIRED("22038", USER, "A part of a path that has to give exactly one value."),
    SQL_JSON_ARRAY_NOT_FOUND("22039", USER, "A path expected an array."),
    SQL_JSON_MEMBER_NOT_FOUND("2203A", USER, "A path expected a member that is not there."),
    SQL_JSON_NUMBER_NOT_FOUND("2203B", USER, "A path expected a number."),
    SQL_JSON_OBJECT_NOT_FOUND("2203C", USER, "A path expected an object."),
    SQL_JSON_SCALAR_REQUIRED("2203F", USER, "A path gave an array or object where a scalar is wanted."),
    SQL_JSON_ITEM_CANNOT_BE_CAST_TO_TARGET_TYPE("2203G", USER, "What a path gave cannot be made the wanted type."),
    INVALID_TEXT_REPRESENTATION("22P02", USER, "Text cannot be read as a value of the wanted type."),
    UNTRANSLATABLE_CHARACTER("22P05", USER, "A character that text cannot hold, such as U+0000."),
    BAD_COPY_FILE_FORMAT("22P04", USER, "A file given to COPY does not have the form it should."),
    NOT_NULL_VIOLATION("23502", USER, "A NULL in a column that does not allow it."),
    RESTRICT_VIOLATION("23001", USER, "A row is referenced by another, which restricts what may be done to it."),
    FOREIGN_KEY_VIOLATION(
            "23503", USER, "A key that no row has is referenced, or one that others reference is removed."),
    WITH_CHECK_OPTION_VIOLATION("44000", USER, "A row written through a view is not in it."),
    CHECK_VIOLATION("23514", USER, "A row does not meet a CHECK constraint."),
    INVALID_FOREIGN_KEY("42830", USER, "A foreign key refers to columns that are no unique key."),
    UNIQUE_VIOLATION("23505", USER, "A key that exists already."),
    INVALID_TRANSACTION_STATE("25000", USER, "The statement is not allowed in this state of the transaction."),
    ACTIVE_SQL_TRANSACTION("25001", USER, "The statement cannot run inside a transaction block."),
    READ_ONLY_SQL_TRANSACTION("25006", USER, "A write in a read-only transaction."),
    NO_ACTIVE_SQL_TRANSACTION("25P01", USER, "There is no transaction to end."),
    IDLE_IN_TRANSACTION_SESSION_TIMEOUT("25P03", USER, "A transaction was left idle for longer than allowed."),
    IN_FAILED_SQL_TRANSACTION("25P02", USER, "The transaction has failed; only ROLLBACK is accepted."),
    INVALID_SAVEPOINT("3B001", USER, "There is no such savepoint."),
    DEPENDENT_OBJECTS_STILL_EXIST("2BP01", USER, "Other objects depend on the one to be dropped."),
    INVALID_CATALOG_NAME("3D000", USER, "There is no such database."),
    INVALID_SCHEMA_NAME("3F000", USER, "There is no such schema."),
    SERIALIZATION_FAILURE("40001", RETRYABLE, "A concurrent transaction changed what this one read; run it again."),
    DEADLOCK_DETECTED("40P01", RETRYABLE, "Transactions wait for each other's locks; this one has to be run again."),
    COMMIT_UNKNOWN("40003", RETRYABLE, "The outcome of the commit is not known."),
    SYNTAX_ERROR("42601", USER, "The statement cannot be parsed."),
    INVALID_STATEMENT_NAME("26000", USER, "There is no prepared statement of this name."),
    DUPLICATE_PREPARED_STATEMENT("42P05", USER, "A prepared statement of this name exists already."),
    INSUFFICIENT_PRIVILEGE("42501", USER, "The user may not do this."),
    UNDEFINED_COLUMN("42703", USER, "There is no such column."),
    AMBIGUOUS_COLUMN("42702", USER, "A column name that could mean several columns."),
    DUPLICATE_COLUMN("42701", USER, "A column name is used twice."),
    DUPLICATE_ALIAS("42712", USER, "A table name or alias is used twice in one FROM."),
    UNDEFINED_TABLE("42P01", USER, "There is no such table."),
    DUPLICATE_TABLE("42P07", USER, "A table of this name exists already."),
    DUPLICATE_SCHEMA("42P06", USER, "A schema of this name exists already."),
    UNDEFINED_FUNCTION("42883", USER, "There is no function or operator for these argument types."),
    AMBIGUOUS_FUNCTION("42725", USER, "A function or operator could mean several for these argument types."),
    UNDEFINED_OBJECT("42704", USER, "There is no such object: a type, a setting, a property graph, a label."),
    DUPLICATE_OBJECT("42710", USER, "An object of this name exists already."),
    UNDEFINED_PARAMETER("42P02", USER, "There is no such parameter."),
    INDETERMINATE_DATATYPE("42P18", USER, "The type of an expression cannot be told."),
    WINDOWING_ERROR("42P20", USER, "A window is not valid, or a window function is misplaced."),
    GROUPING_ERROR("42803", USER, "A column is neither grouped nor aggregated, or an aggregate is misplaced."),
    DATATYPE_MISMATCH("42804", USER, "An expression has a type that does not fit here."),
    CANNOT_COERCE("42846", USER, "There is no cast between these types."),
    WRONG_OBJECT_TYPE("42809", USER, "The object is of another kind than the statement needs."),
    INVALID_COLUMN_REFERENCE("42P10", USER, "A reference to a column that cannot be used here."),
    INVALID_TABLE_DEFINITION("42P16", USER, "The definition of a table or graph contradicts itself."),
    INVALID_OBJECT_DEFINITION("42P17", USER, "The definition of a column or another object is not valid."),
    GENERATED_ALWAYS("428C9", USER, "A value given for a column whose values are always generated."),
    RESERVED_NAME("42939", USER, "A name that is kept for the system."),
    INVALID_NAME("42602", USER, "A name that is not allowed."),
    INVALID_RECURSION("42P19", USER, "A recursive query refers to itself where it may not."),
    OUT_OF_MEMORY("53200", RESOURCE, "The statement needs more memory than it may use."),
    DISK_FULL("53100", RESOURCE, "No space is left on the disk."),
    TOO_MANY_CONNECTIONS("53300", RESOURCE, "The server has as many connections as it may have."),
    CONFIGURATION_LIMIT_EXCEEDED("53400", RESOURCE, "A configured limit was reached."),
    PROGRAM_LIMIT_EXCEEDED("54000", RESOURCE, "The statement is larger than any limit allows."),
    STATEMENT_TOO_COMPLEX("54001", RESOURCE, "The statement is nested too deeply."),
    OBJECT_NOT_IN_PREREQUISITE_STATE("55000", USER, "The object is not in the state the statement needs."),
    SNAPSHOT_TOO_OLD("72000", USER, "Data of a time that is no longer kept."),
    DATABASE_IN_USE("55006", RESOURCE, "Another process has the database directory open."),
    CANNOT_CHANGE_RUNTIME_PARAMETER("55P02", USER, "The setting is not a session's to change."),
    LOCK_NOT_AVAILABLE("55P03", RETRYABLE, "A lock could not be had in time."),
    QUERY_CANCELED("57014", USER, "The statement was cancelled, or ran past its time-out."),
    ADMIN_SHUTDOWN("57P01", RETRYABLE, "The database is shutting down."),
    CONNECTION_DOES_NOT_EXIST("08003", EXTERNAL, "The connection is closed."),
    PROTOCOL_VIOLATION("08P01", EXTERNAL, "A message of a client that the protocol does not allow."),
    CONNECTION_FAILURE("08006", EXTERNAL, "The connection broke."),
    INVALID_CONNECTION_URL("08001", USER, "The connection URL cannot be used."),
    IO_ERROR("58030", EXTERNAL, "Reading or writing a file failed."),
    UNDEFINED_FILE("58P01", EXTERNAL, "There is no such file."),
    DUPLICATE_FILE("58P02", EXTERNAL, "There is such a file already."),
    DATA_CORRUPTED("XX001", EXTERNAL, "Stored data fails its checksum."),
    INCOMPATIBLE_FORMAT("XX003", USER, "The data was written by a version this one cannot read."),
    INTERNAL_ERROR("XX000", INTERNAL, "A bug in KadeDB.");

    private final String sqlState;
    private final ErrorKind kind;
    private final String description;

    ErrorCode(String sqlState, ErrorKind kind, String description) {
        this.sqlState = sqlState;
        this.kind = kind;
        this.description = description;
    }

    public String sqlState() {
        return sqlState;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** One sentence for the generated {@code docs/errors.md}. */
    public String description() {
        return description;
    }
}
