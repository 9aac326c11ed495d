package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.query.Wildcard;
import dev.muster.updates.Versions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compiles one comparison of a field with its values. */
final class Terms {

    private static final int REMEMBERED_VERSIONS_MAX = 1000;
    private static final int NUMBER_LENGTH_MAX = 30;

    private final long now;
    private final long overdueBefore;

    /**
     * @param now stands for {@code ${NOW_TS}}, epoch milliseconds
     * @param overdueBefore stands for {@code ${OVERDUE_TS}}
     */
    Terms(long now, long overdueBefore) {
        this.now = now;
        this.overdueBefore = overdueBefore;
    }

    Term term(Field field, Comparison comparison, List<String> values) {
        return switch (field.reader()) {
            case Field.Reader.Text text -> text(field, text, comparison, values);
            case Field.Reader.Texts texts -> texts(field, texts, comparison, values);
            case Field.Reader.Word word -> word(field, word, comparison, values);
            case Field.Reader.Time time -> time(time, comparison, values);
        };
    }

    private static Term text(Field field, Field.Reader.Text reader, Comparison comparison, List<String> values) {
        if (comparison.ordered()) {
            Predicate<String> ordered = ordered(field, comparison, values.getFirst());
            return (device, sightings) -> {
                String value = reader.of().apply(device);
                return value != null && ordered.test(value);
            };
        }
        Predicate<@Nullable String> any = equal(values, field.kind() != FieldKind.ID);
        Term term = (device, sightings) -> any.test(reader.of().apply(device));
        return comparison.negated() ? term.not() : term;
    }

    private static Term texts(Field field, Field.Reader.Texts reader, Comparison comparison, List<String> values) {
        if (comparison.ordered()) {
            throw KernelRefusal.INVALID_FILTER.because(
                    "'" + field.name() + "' has several values; use ==, !=, =in= or =out=.");
        }
        Predicate<@Nullable String> any = equal(values, true);
        Term term = (device, sightings) -> {
            String[] all = reader.of().apply(device);
            for (String each : all) {
                if (any.test(each)) {
                    return true;
                }
            }
            return all.length == 0 && any.test(null);
        };
        return comparison.negated() ? term.not() : term;
    }

    /** An empty value means that there is none; a star stands for anything, but for something. */
    private static Predicate<@Nullable String> equal(List<String> values, boolean anyCase) {
        Set<String> exact = new HashSet<>();
        List<Predicate<String>> patterns = new ArrayList<>();
        boolean empty = false;
        for (String value : values) {
            if (value.isEmpty()) {
                empty = true;
            } else if (Wildcard.in(value)) {
                patterns.add(new Wildcard(value, anyCase));
            } else if (!anyCase || values.size() > 8) {
                exact.add(anyCase ? folded(value) : value);
            } else {
                patterns.add(value::equalsIgnoreCase);
            }
        }
        boolean none = empty;
        return text -> {
            if (text == null || text.isEmpty()) {
                return none;
            }
            if (!exact.isEmpty() && exact.contains(anyCase ? folded(text) : text)) {
                return true;
            }
            for (Predicate<String> each : patterns) {
                if (each.test(text)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static String folded(String text) {
        return text.toUpperCase(java.util.Locale.ROOT).toLowerCase(java.util.Locale.ROOT);
    }

    private static Predicate<String> ordered(Field field, Comparison comparison, String value) {
        if (field.kind() == FieldKind.VERSION) {
            // Comparing versions is slow and a fleet runs few of them.
            Map<String, Boolean> remembered = new ConcurrentHashMap<>();
            return text -> {
                Boolean known = remembered.get(text);
                if (known == null) {
                    known = comparison.holds(Versions.ORDER.compare(text, value));
                    if (remembered.size() < REMEMBERED_VERSIONS_MAX) {
                        remembered.put(text, known);
                    }
                }
                return known;
            };
        }
        Comparator<String> texts =
                field.kind() == FieldKind.ID ? Comparator.naturalOrder() : String.CASE_INSENSITIVE_ORDER;
        BigDecimal number = number(value);
        if (number == null) {
            return text -> comparison.holds(texts.compare(text, value));
        }
        return text -> {
            BigDecimal other = number(text);
            return comparison.holds(other == null ? texts.compare(text, value) : other.compareTo(number));
        };
    }

    /** Plain decimal numbers only: no exponent can make a comparison expensive. */
    private static @Nullable BigDecimal number(String text) {
        if (text.isEmpty() || text.length() > NUMBER_LENGTH_MAX) {
            return null;
        }
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digit |= c >= '0' && c <= '9';
            if ((c < '0' || c > '9') && c != '.' && !(i == 0 && c == '-')) {
                return null;
            }
        }
        try {
            return digit ? new BigDecimal(text) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Term word(Field field, Field.Reader.Word reader, Comparison comparison, List<String> values) {
        if (comparison.ordered()) {
            throw KernelRefusal.INVALID_FILTER.because("'" + field.name() + "' is a word; use ==, !=, =in= or =out=.");
        }
        Set<String> wanted = new HashSet<>();
        for (String value : values) {
            String word = Field.kebab(value);
            List<String> hits = Wildcard.in(word)
                    ? field.words().stream().filter(new Wildcard(word, true)).toList()
                    : field.words().stream().filter(word::equals).toList();
            if (hits.isEmpty()) {
                throw KernelRefusal.INVALID_FILTER.because(
                        "'" + field.name() + "' is one of " + String.join(", ", field.words()) + ".");
            }
            wanted.addAll(hits);
        }
        boolean[] hit = new boolean[field.words().size()];
        for (int i = 0; i < hit.length; i++) {
            hit[i] = wanted.contains(field.words().get(i));
        }
        Term term = (device, sightings) -> hit[reader.of().of(device, sightings).ordinal()];
        return comparison.negated() ? term.not() : term;
    }

    /** A time that never was is before and after nothing; an empty value asks for exactly that. */
    private Term time(Field.Reader.Time reader, Comparison comparison, List<String> values) {
        if (comparison.ordered()) {
            long bound = time(values.getFirst());
            return (device, sightings) -> {
                long at = reader.of().of(device, sightings);
                return at != Sightings.NEVER && bound != Sightings.NEVER && comparison.holds(Long.compare(at, bound));
            };
        }
        long[] wanted = values.stream().mapToLong(this::time).toArray();
        Term term = (device, sightings) -> {
            long at = reader.of().of(device, sightings);
            for (long each : wanted) {
                if (each == at) {
                    return true;
                }
            }
            return false;
        };
        return comparison.negated() ? term.not() : term;
    }

    private long time(String value) {
        if (value.isEmpty()) {
            return Sightings.NEVER;
        }
        if (value.equalsIgnoreCase("${NOW_TS}")) {
            return now;
        }
        if (value.equalsIgnoreCase("${OVERDUE_TS}")) {
            return overdueBefore;
        }
        try {
            return value.matches("-?\\d{1,15}")
                    ? Long.parseLong(value)
                    : java.time.OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw KernelRefusal.INVALID_FILTER.because("'" + shortened(value) + "' is no time; write it like "
                    + Instant.EPOCH + " or as epoch milliseconds.");
        }
    }

    private static String shortened(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }
}
