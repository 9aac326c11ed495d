package dev.muster.server.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What is wrong with a JSON body, where, in words of our own: Jackson's messages name Java classes, which are nobody's
 * business outside.
 */
final class BodyFault {

    private static final int VALUE_LENGTH_MAX = 60;

    private BodyFault() {}

    static Problem.Fault of(JacksonException failure) {
        return new Problem.Fault(pointer(failure), message(failure));
    }

    private static String pointer(JacksonException failure) {
        return failure.getPath().stream()
                .map(step -> step.getPropertyName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getPropertyName().replace("~", "~0").replace("/", "~1"))
                .map(step -> "/" + step)
                .collect(Collectors.joining());
    }

    private static String message(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException e -> "There is no member '" + shortened(e.getPropertyName()) + "' here.";
            case InvalidNullException e -> "This must not be null or missing.";
            case InvalidFormatException e ->
                "'" + shortened(String.valueOf(e.getValue())) + "' is not " + kind(e.getTargetType()) + ".";
            case MismatchedInputException e when isMissing(e) -> "This must not be missing.";
            case MismatchedInputException e -> "Expected " + kind(e.getTargetType()) + ".";
            case StreamConstraintsException e -> "The body is too deep, or a text, number or name in it is too long.";
            default -> syntax(failure);
        };
    }

    private static boolean isMissing(MismatchedInputException e) {
        String message = e.getOriginalMessage();
        return message != null && message.startsWith("Missing required creator property");
    }

    private static String syntax(JacksonException failure) {
        if (failure instanceof DatabindException) {
            return "The value does not fit here.";
        }
        String message = String.valueOf(failure.getOriginalMessage());
        String what = message.startsWith("Duplicate") ? "A member is there twice" : "This is not JSON";
        TokenStreamLocation at = failure.getLocation();
        return at == null || at.getLineNr() < 1
                ? what + "."
                : what + ", near line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(each -> HttpJson.wireName((Enum<?>) each))
                            .collect(Collectors.joining(", "));
        }
        if (List.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class)
                .contains(type)) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
            return "a number";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "an object";
        }
        return Map.of(
                        String.class, "a text",
                        Boolean.class, "true or false",
                        boolean.class, "true or false",
                        Instant.class, "a moment in RFC 3339 form, e.g. 2026-01-31T09:30:00Z",
                        Duration.class, "a duration in ISO 8601 form, e.g. PT30M",
                        UUID.class, "a UUID")
                .getOrDefault(type, type.isRecord() ? "an object" : "such a value");
    }

    private static String shortened(String value) {
        String shown = value.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > VALUE_LENGTH_MAX ? shown.substring(0, VALUE_LENGTH_MAX) + "…" : shown;
    }
}
