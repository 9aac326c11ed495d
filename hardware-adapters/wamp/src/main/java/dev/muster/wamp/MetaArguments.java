package dev.muster.wamp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the router itself was asked with. What is not what it must be is refused. */
final class MetaArguments {

    private final Payload given;

    MetaArguments(Payload given) {
        this.given = given;
    }

    long id(int index) {
        if (given.arg(index) instanceof Long id) {
            return id;
        }
        throw wrong(index);
    }

    String text(int index) {
        if (given.arg(index) instanceof String text) {
            return text;
        }
        throw wrong(index);
    }

    @Nullable
    List<?> listOrNull(int index) {
        Object value = given.arg(index);
        if (value == null || value instanceof List<?>) {
            return (List<?>) value;
        }
        throw wrong(index);
    }

    /** How a URI is meant, by the options at this place. */
    Match match(int index) {
        return Options.match(options(given.arg(index), index));
    }

    /** Arguments that are for somebody else: a list, then an object. */
    Payload payload(int index) {
        List<?> args = listOrNull(index);
        Map<String, @Nullable Object> kwargs = options(given.arg(index + 1), index + 1);
        return new Payload(
                args == null || args.isEmpty() ? null : Values.list(args, 0), kwargs.isEmpty() ? null : kwargs);
    }

    Map<String, @Nullable Object> publishOptions() {
        return options(given.map().get("publish_options"), 3);
    }

    /** Of the scope of testaments; usually they are published when the session is destroyed. */
    boolean isDetached() {
        String scope = named("scope");
        if (scope == null || scope.equals("destroyed")) {
            return false;
        }
        if (scope.equals("detached")) {
            return true;
        }
        throw new WampFailure(WampFailure.INVALID_ARGUMENT, "The scope is destroyed or detached.");
    }

    @Nullable
    String named(String name) {
        return Options.text(given.map(), name);
    }

    @SuppressWarnings("unchecked") // The readers of all wires make maps with names of text.
    private static Map<String, @Nullable Object> options(@Nullable Object value, int index) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw wrong(index);
    }

    private static WampFailure wrong(int index) {
        return new WampFailure(WampFailure.INVALID_ARGUMENT, "Argument " + index + " is not what it must be.");
    }
}
