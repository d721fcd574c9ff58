package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads dates and times by the templates of {@code datetime()} in SQL/JSON paths, whose separators have to be those of the text. */
public final class DateTimeTemplate {
    private DateTimeTemplate() {}

    /**
     * What was read.
     *
     * @param dated whether the template has fields of a date
     * @param timed whether it has fields of a time
     */
    public record Read(LocalDateTime time, Optional<ZoneOffset> offset, boolean dated, boolean timed) {}

    /** @throws KadeException 22007, 22008 */
    public static Read read(String text, String template) {
        List<DateTimePattern.Element> elements = DateTimePattern.of(template);
        boolean dated = false;
        boolean timed = false;
        for (DateTimePattern.Element element : elements) {
            if (element.isField()) {
                switch (element.name()) {
                    case "HH24",
                            "HH12",
                            "HH",
                            "MI",
                            "SS",
                            "SSSS",
                            "SSSSS",
                            "MS",
                            "US",
                            "AM",
                            "PM",
                            "A.M.",
                            "P.M.",
                            "FF1",
                            "FF2",
                            "FF3",
                            "FF4",
                            "FF5",
                            "FF6" -> timed = true;
                    case "TZ", "TZH", "TZM", "OF", "FX" -> {}
                    default -> dated = true;
                }
            } else if (!element.quoted() && !element.text().isBlank() && "-./,':;".indexOf(element.text()) < 0) {
                throw KadeException.of(
                        ErrorCode.INVALID_DATETIME_FORMAT,
                        "invalid datetime format separator: \"" + element.text() + "\"");
            }
        }
        checkSeparators(text, elements);
        DateTimeReader.Read read = DateTimeReader.read(text, elements);
        return new Read(read.time(), read.offset(), dated, timed);
    }

    /** The separators of the template stand in the text in the same order. */
    private static void checkSeparators(String text, List<DateTimePattern.Element> elements) {
        int at = 0;
        for (DateTimePattern.Element element : elements) {
            boolean separator =
                    !element.isField() && !element.quoted() && !element.text().isBlank();
            if (separator) {
                int found = text.indexOf(element.text(), at);
                if (found < 0) {
                    throw KadeException.of(
                            ErrorCode.INVALID_DATETIME_FORMAT, "unmatched format separator \"" + element.text() + "\"");
                }
                at = found + 1;
            }
        }
    }
}
