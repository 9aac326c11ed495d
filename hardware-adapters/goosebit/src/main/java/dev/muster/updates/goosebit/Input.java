package dev.muster.updates.goosebit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a body, read as the original reads them: digits in a text are a number, a few words are true or false,
 * a number is no text. Whatever is wrong is gathered and told at once by {@link #check}; fields nobody asks for are
 * passed over. A field that is wrong reads as absent until then.
 */
final class Input {

    private static final int LIST_LENGTH_MAX = 10_000;
    private static final int NUMBER_LENGTH_MAX = 20;

    private final JsonNode object;
    private final List<Object> place;
    private final List<Problem> problems;

    private Input(JsonNode object, List<Object> place, List<Problem> problems) {
        this.object = object;
        this.place = place;
        this.problems = problems;
    }

    /** Fails with 422 for what has no fields. */
    static Input of(JsonNode body) {
        if (!body.isObject()) {
            throw WireFailure.unprocessable(Problem.noFields(List.of("body"), body));
        }
        return new Input(body, List.of("body"), new ArrayList<>());
    }

    /** Fails with 422 and all that was found; does nothing when nothing was. */
    void check() {
        if (!problems.isEmpty()) {
            throw WireFailure.unprocessable(problems);
        }
    }

    boolean has(String field) {
        return object.has(field);
    }

    /** The value; a problem and null when it is absent. */
    private @Nullable JsonNode required(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            problems.add(Problem.missing(at(field), object));
        }
        return value;
    }

    /** The value; null when it is absent or null. */
    private @Nullable JsonNode optional(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    Input requiredObject(String field) {
        return inside(field, required(field));
    }

    @Nullable
    Input optionalObject(String field) {
        return inside(field, optional(field));
    }

    private @Nullable Input inside(String field, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            problems.add(Problem.noFields(at(field), value));
            return null;
        }
        return new Input(value, at(field), problems);
    }

    /** An object of anything; a problem when there is none. */
    @Nullable
    JsonNode requiredMembers(String field) {
        JsonNode value = required(field);
        if (value == null || value.isObject()) {
            return value;
        }
        problems.add(Problem.wrongKind("dict_type", at(field), "dictionary", value));
        return null;
    }

    @Nullable
    String requiredText(String field) {
        return text(at(field), required(field));
    }

    @Nullable
    String optionalText(String field) {
        return text(at(field), optional(field));
    }

    private @Nullable String text(List<Object> at, @Nullable JsonNode value) {
        if (value == null || value.isString()) {
            return value == null ? null : value.asString();
        }
        problems.add(Problem.wrongKind("string_type", at, "string", value));
        return null;
    }

    @Nullable
    Integer requiredInteger(String field) {
        return integer(at(field), required(field));
    }

    @Nullable
    Integer optionalInteger(String field) {
        return integer(at(field), optional(field));
    }

    private @Nullable Integer integer(List<Object> at, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.asInt();
        }
        if (value.isString()) {
            String digits = value.asString().strip();
            try {
                return digits.length() > NUMBER_LENGTH_MAX ? Integer.valueOf("") : Integer.valueOf(digits);
            } catch (NumberFormatException e) {
                problems.add(
                        Problem.wrongKind("int_parsing", at, "integer, unable to parse string as an integer", value));
                return null;
            }
        }
        problems.add(Problem.wrongKind("int_type", at, "integer", value));
        return null;
    }

    @Nullable
    Boolean requiredFlag(String field) {
        return flag(at(field), required(field));
    }

    @Nullable
    Boolean optionalFlag(String field) {
        return flag(at(field), optional(field));
    }

    private @Nullable Boolean flag(List<Object> at, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        String word = value.isValueNode() && !value.isNull() ? value.asString().toLowerCase(Locale.ROOT) : "";
        switch (word) {
            case "true", "1", "yes", "y", "on", "t" -> {
                return true;
            }
            case "false", "0", "no", "n", "off", "f" -> {
                return false;
            }
            default -> {
                problems.add(Problem.wrongKind("bool_parsing", at, "boolean, unable to interpret input", value));
                return null;
            }
        }
    }

    /** Empty, and a problem, when there is no such list. */
    List<String> requiredTexts(String field) {
        List<String> texts = new ArrayList<>();
        List<JsonNode> items = items(field, required(field));
        for (int i = 0; i < items.size(); i++) {
            String text = text(at(field, i), items.get(i));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Null when it is absent or null. */
    @Nullable
    List<String> optionalTexts(String field) {
        return optional(field) == null ? null : requiredTexts(field);
    }

    /** Empty, and a problem, when there is no such list. */
    List<Integer> requiredIntegers(String field) {
        List<Integer> numbers = new ArrayList<>();
        List<JsonNode> items = items(field, required(field));
        for (int i = 0; i < items.size(); i++) {
            Integer number = integer(at(field, i), items.get(i));
            if (number != null) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private List<JsonNode> items(String field, @Nullable JsonNode value) {
        List<JsonNode> items = new ArrayList<>();
        if (value == null) {
            return items;
        }
        if (!value.isArray() || value.size() > LIST_LENGTH_MAX) {
            problems.add(Problem.wrongKind("list_type", at(field), "list", value));
            return items;
        }
        value.forEach(items::add);
        return items;
    }

    /** One of an enum's words, in lower case and exactly; null and a problem when it is none. */
    <E extends Enum<E>> @Nullable E requiredWord(String field, E[] words) {
        return word(at(field), required(field), words);
    }

    <E extends Enum<E>> @Nullable E optionalWord(String field, E[] words) {
        return word(at(field), optional(field), words);
    }

    private <E extends Enum<E>> @Nullable E word(List<Object> at, @Nullable JsonNode value, E[] words) {
        if (value == null) {
            return null;
        }
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            String word = words[i].name().toLowerCase(Locale.ROOT);
            if (value.isString() && word.equals(value.asString())) {
                return words[i];
            }
            expected.append(i == 0 ? "" : i == words.length - 1 ? " or " : ", ")
                    .append('\'')
                    .append(word)
                    .append('\'');
        }
        problems.add(Problem.noneOf(at, expected.toString(), value));
        return null;
    }

    private List<Object> at(Object... steps) {
        List<Object> whole = new ArrayList<>(place);
        whole.addAll(List.of(steps));
        return whole;
    }
}
