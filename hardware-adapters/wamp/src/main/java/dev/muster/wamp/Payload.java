package dev.muster.wamp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries for the application. Passed on as it came: a list that is absent and one that is empty are not
 * the same to every client.
 *
 * @param args null when absent
 * @param kwargs null when absent
 */
public record Payload(
        @Nullable List<@Nullable Object> args, @Nullable Map<String, @Nullable Object> kwargs) {

    public static final Payload NONE = new Payload(null, null);

    static Payload of(@Nullable Object... args) {
        return new Payload(Values.listOf(args), null);
    }

    /**
     * What code of this process gives, copied. Empty lists and maps are left out, as a client may take an empty list for
     * one with something in it.
     *
     * @throws IllegalArgumentException when something in it has no form on the wire
     */
    public static Payload given(@Nullable List<?> args, @Nullable Map<String, ?> kwargs) {
        return new Payload(
                args == null || args.isEmpty() ? null : Values.list(args, 0),
                kwargs == null || kwargs.isEmpty() ? null : Values.map(kwargs, 0));
    }

    /**
     * These positional arguments, null among them, copied.
     *
     * @throws IllegalArgumentException when something in it has no form on the wire
     */
    public static Payload answer(@Nullable Object... args) {
        return given(Arrays.asList(args), null);
    }

    /** The positional arguments; empty when absent. */
    public List<@Nullable Object> list() {
        return args == null ? List.of() : args;
    }

    /** The keyword arguments; empty when absent. */
    public Map<String, @Nullable Object> map() {
        return kwargs == null ? Map.of() : kwargs;
    }

    /** The positional argument at this place; null when there are fewer, or it is null. */
    public @Nullable Object arg(int index) {
        return args == null || index >= args.size() ? null : args.get(index);
    }
}
