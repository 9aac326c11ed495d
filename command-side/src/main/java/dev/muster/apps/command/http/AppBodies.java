package dev.muster.apps.command.http;

import dev.muster.apps.AppTarget;
import dev.muster.apps.PortRule;
import dev.muster.config.Json;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members of bodies in JSON, read by ourselves: values of parameters stay exact, and no message repeats one. */
final class AppBodies {

    static final int BYTES_MAX = 2 << 20;

    private static final Set<String> PORT_MEMBERS = Set.of(
            "name",
            "port",
            "protocol",
            "main",
            "active",
            "public",
            "localIp",
            "remotePort",
            "remotePortEnvironment",
            "hostPort");

    private AppBodies() {}

    private static @Nullable Json given(Json.Members body, String name) {
        Json value = body.get(name);
        return value instanceof Json.Null ? null : value;
    }

    static @Nullable String text(Json.Members body, String name) {
        Json value = given(body, name);
        if (value == null) {
            return null;
        }
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw invalid("'" + name + "' is a text.");
    }

    static String text(Json.Members body, String name, String otherwise) {
        String text = text(body, name);
        return text == null ? otherwise : text;
    }

    static boolean flag(Json.Members body, String name, boolean otherwise) {
        Json value = given(body, name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Json.Bool flag) {
            return flag.value();
        }
        throw invalid("'" + name + "' is true or false.");
    }

    static @Nullable Double number(Json.Members body, String name) {
        Json value = given(body, name);
        if (value == null) {
            return null;
        }
        if (value instanceof Json.Num number) {
            return number.value().doubleValue();
        }
        throw invalid("'" + name + "' is a number.");
    }

    static @Nullable Integer whole(Json.Members body, String name) {
        Json value = given(body, name);
        if (value == null) {
            return null;
        }
        Long whole = value instanceof Json.Num number ? number.asLong() : null;
        if (whole == null || whole != whole.intValue()) {
            throw invalid("'" + name + "' is a whole number.");
        }
        return whole.intValue();
    }

    /** An object as canonical text, or null. */
    static @Nullable String object(Json.Members body, String name) {
        Json value = given(body, name);
        if (value == null) {
            return null;
        }
        if (value instanceof Json.Members) {
            return value.toString();
        }
        throw invalid("'" + name + "' is an object.");
    }

    static SortedMap<String, Json> members(Json.Members body, String name) {
        Json value = given(body, name);
        if (value == null) {
            return new TreeMap<>();
        }
        if (value instanceof Json.Members members) {
            return members.values();
        }
        throw invalid("'" + name + "' is an object.");
    }

    static List<String> texts(Json.Members body, String name) {
        List<String> all = new ArrayList<>();
        for (Json each : items(body, name)) {
            if (!(each instanceof Json.Text text)) {
                throw invalid("'" + name + "' is a list of texts.");
            }
            all.add(text.value());
        }
        return all;
    }

    static List<Json> items(Json.Members body, String name) {
        Json value = given(body, name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Json.Items items) {
            return items.values();
        }
        throw invalid("'" + name + "' is a list.");
    }

    static @Nullable AppTarget target(Json.Members body, String name) {
        String word = text(body, name);
        return word == null || word.equalsIgnoreCase("inherit") ? null : oneOf(AppTarget.values(), name, word);
    }

    private static <T extends Enum<T>> T oneOf(T[] all, String name, String word) {
        for (T each : all) {
            if (each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        List<String> words = new ArrayList<>();
        for (T each : all) {
            words.add(each.name().toLowerCase(Locale.ROOT));
        }
        throw invalid("'" + name + "' is one of " + String.join(", ", words) + ".");
    }

    static List<PortRule> ports(Json.Members body, String name) {
        List<PortRule> all = new ArrayList<>();
        for (Json each : items(body, name)) {
            if (!(each instanceof Json.Members port)
                    || !PORT_MEMBERS.containsAll(port.values().keySet())) {
                throw invalid(
                        "A port is an object of name, port, protocol, main, active, public, localIp, remotePort and"
                                + " remotePortEnvironment.");
            }
            all.add(port(port));
        }
        return all;
    }

    /** What the device published it as is told by the device; it is let in here so that what was read can be sent back. */
    private static PortRule port(Json.Members port) {
        Integer number = whole(port, "port");
        Integer remote = whole(port, "remotePort");
        if (number == null) {
            throw invalid("'ports.port' is missing.");
        }
        return new PortRule(
                text(port, "name", ""),
                number,
                oneOf(PortRule.Protocol.values(), "protocol", text(port, "protocol", "http")),
                flag(port, "main", false),
                flag(port, "active", false),
                flag(port, "public", false),
                text(port, "localIp", ""),
                remote == null ? 0 : remote,
                text(port, "remotePortEnvironment", ""),
                null);
    }

    /** Something that ISO 8601 has a form for. */
    static <T> @Nullable T read(Json.Members body, String name, Function<String, T> reader) {
        String text = text(body, name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw invalid("'" + name + "' is as ISO 8601 has it, such as 2026-11-20T08:00:00Z or PT24H.");
        }
    }

    private static Refused invalid(String why) {
        return KernelRefusal.INVALID_REQUEST.because(why);
    }
}
