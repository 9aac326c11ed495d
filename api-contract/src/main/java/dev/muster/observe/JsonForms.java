package dev.muster.observe;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Python programs read and write it, text in and text out, without a tree in between: dashboards have megabytes.
 *
 * <p>The canonical form has no blanks, members in the order given, each name once (the last value, at the first place),
 * numbers as Python has them ({@code 1.50} is {@code 1.5}, {@code 1e-7} is {@code 1e-07}, integers of any size stay),
 * and all characters as they are but for control characters, U+2028, U+2029 and lone surrogates, which are escaped. Its
 * first character tells the type.
 *
 * <p>What is no JSON, or beyond a limit, is {@link ObserveRefusal#JSON_INVALID} with the details {@code fault}
 * ({@code syntax} or {@code limit}), {@code line} and {@code column}, both from 1. NaN, infinities, numbers that no
 * double holds, a byte order mark and anything behind the end are no JSON.
 */
public interface JsonForms {

    /** One value of any type in canonical form. */
    String canonical(String json);

    /**
     * The members of an object in their order, each value in canonical form.
     *
     * @param json any value; if it is no object, see {@link #canonical}, the fault is {@code type}
     */
    Map<String, String> members(String json);

    /** The values of an array, each in canonical form; the fault {@code type} if it is none. */
    List<String> items(String json);

    /** What a string in canonical form says, also with lone surrogates; null for a value of another type. */
    @Nullable
    String text(String canonical);

    /** A text as a string in canonical form. */
    String quoted(String text);

    /** A canonical value as a file to download: a blank behind comma and colon, ASCII only with lower-case escapes. */
    String spaced(String canonical);
}
