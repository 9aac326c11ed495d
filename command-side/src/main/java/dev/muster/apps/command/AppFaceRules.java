package dev.muster.apps.command;

import dev.muster.apps.AppFace;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.PortRule;
import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.kernel.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an app, and what is wanted of it, must look like. Agents store what they are told before they understand it, and
 * some of it stops an app until the agent is started anew; so it is refused here.
 */
final class AppFaceRules {

    static final int DESCRIPTION_LENGTH_MAX = 10_000;
    static final int JSON_LENGTH_MAX = 256 << 10;
    static final int PORT_MAX = 65_535;

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private AppFaceRules() {}

    /** The same with its JSON in canonical text. Refused with {@link AppsRefusal#APP_INVALID}. */
    static AppFace checked(AppFace face) {
        if (face.description().length() > DESCRIPTION_LENGTH_MAX) {
            throw AppsRefusal.APP_INVALID.about(
                    "description", "A description has at most " + DESCRIPTION_LENGTH_MAX + " characters.");
        }
        Json.Members template = object(face.environmentTemplate(), "environmentTemplate", AppsRefusal.APP_INVALID);
        template.values().forEach((name, entry) -> {
            onlyParameter(name, "environmentTemplate", AppsRefusal.APP_INVALID);
            if (!(entry instanceof Json.Members)) {
                throw AppsRefusal.APP_INVALID.about(
                        "environmentTemplate", "'" + name + "' is described by an object with a defaultValue.");
            }
        });
        onlyPorts(face.ports(), AppsRefusal.APP_INVALID);
        return new AppFace(
                face.description(),
                template.toString(),
                face.ports(),
                compose(face.compose(), AppsRefusal.APP_INVALID));
    }

    /** Canonical text of a composition: an object with services, for agents take any object as one. */
    static @Nullable String compose(@Nullable String text, RefusalCode code) {
        if (text == null) {
            return null;
        }
        Json.Members compose = object(text, "compose", code);
        if (!(compose.get("services") instanceof Json.Members services) || services.isEmpty()) {
            throw code.about("compose", "A composition is an object with 'services'.");
        }
        return compose.toString();
    }

    static void onlyParameter(String name, String member, RefusalCode code) {
        if (!PARAMETER.matcher(name).matches()) {
            throw code.about(member, "Parameters are named by letters, digits and underscores.");
        }
    }

    /** @param name of the value, for people */
    static void onlySendable(Json value, String name, String member, RefusalCode code) {
        if (!Sendable.is(value)) {
            throw code.about(
                    member,
                    "'" + name + "' has more than " + Sendable.DEPTH_MAX
                            + " levels, a number beyond what agents count, or half a character.");
        }
    }

    static void onlyPorts(List<PortRule> ports, RefusalCode code) {
        if (ports.size() > PortRule.COUNT_MAX) {
            throw code.about("ports", "An app has at most " + PortRule.COUNT_MAX + " ports.");
        }
        List<PortRule> seen = new ArrayList<>();
        for (PortRule rule : ports) {
            boolean fits = rule.port() >= 1
                    && rule.port() <= PORT_MAX
                    && rule.remotePort() >= 0
                    && rule.remotePort() <= PORT_MAX
                    && isText(rule.name())
                    && isText(rule.localIp())
                    && isText(rule.remotePortEnvironment());
            if (!fits) {
                throw code.about("ports", "A port is 1 to " + PORT_MAX + ", with short texts beside it.");
            }
            if (seen.stream().anyMatch(rule::isSameAs)) {
                throw code.about("ports", "Port " + rule.port() + " is there twice.");
            }
            seen.add(rule);
        }
    }

    private static boolean isText(String text) {
        return text.length() <= PortRule.TEXT_MAX
                && text.chars().noneMatch(Character::isISOControl)
                && Sendable.isWhole(text);
    }

    private static Json.Members object(String text, String member, RefusalCode code) {
        if (text.length() > JSON_LENGTH_MAX) {
            throw code.about(member, "'" + member + "' has at most " + JSON_LENGTH_MAX + " characters.");
        }
        try {
            if (JsonReader.read(text) instanceof Json.Members members) {
                onlySendable(members, member, member, code);
                return members;
            }
        } catch (JsonFault fault) {
            throw code.about(member, "'" + member + "' is no JSON.");
        }
        throw code.about(member, "'" + member + "' is a JSON object.");
    }
}
