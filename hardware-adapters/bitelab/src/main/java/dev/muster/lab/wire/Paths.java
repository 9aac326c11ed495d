package dev.muster.lab.wire;

import dev.muster.kernel.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which path leads where (contract §4, §5), with and without {@code /api/v1} before it; a slash at the end changes
 * nothing. Paths are taken apart first and decoded then, so an encoded slash is part of a name, and no board has one.
 */
final class Paths {

    private static final String API = "/api/v1";

    private final String prefix;

    Paths(String prefix) {
        this.prefix = prefix;
    }

    boolean serves(String rawPath) {
        return rawPath.startsWith(prefix)
                && (rawPath.length() == prefix.length() || rawPath.charAt(prefix.length()) == '/');
    }

    /** All that can be done there, one for each method; empty when there is nothing. */
    List<Route> find(String rawPath) {
        String path = rawPath.substring(prefix.length());
        if (path.startsWith(API + "/")) {
            path = path.substring(API.length());
        }
        if (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String[] parts = path.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            String part = Percent.decodedOrNull(parts[i]);
            if (part == null || part.isEmpty()) {
                return List.of();
            }
            parts[i] = part;
        }
        if (parts.length < 2) {
            return List.of();
        }
        return switch (parts[1]) {
            case "board" -> board(parts);
            case "reservations" -> requests(parts);
            case "auth" -> auth(parts);
            case "audit" -> parts.length == 2 ? List.of(Route.to(Target.AUDIT)) : List.of();
            case "metrics" -> parts.length == 2 ? List.of(Route.to(Target.METRICS)) : List.of();
            case "contssh" ->
                parts.length == 3 && parts[2].equals("ws") ? List.of(Route.to(Target.CONTROLLER)) : List.of();
            default -> List.of();
        };
    }

    private static List<Route> board(String[] parts) {
        return switch (parts.length) {
            case 2 -> List.of(Route.to(Target.BOARDS));
            case 3 ->
                switch (parts[2]) {
                    case "classes" -> List.of(Route.to(Target.CLASSES));
                    // No board is called like that for POST; one that is can be looked at all the same.
                    case "reload" -> List.of(Route.to(Target.RELOAD), Route.to(Target.BOARD, "reload"));
                    default -> List.of(Route.to(Target.BOARD, parts[2]));
                };
            case 4 -> ofBoard(parts[2], parts[3]);
            case 5 -> ofBoard(parts[2], parts[3], parts[4]);
            default -> List.of();
        };
    }

    private static List<Route> ofBoard(String name, String what) {
        if (what.equals("attrs")) {
            return List.of(Route.to(Target.ATTRS, name), Route.to(Target.SET_ATTRS, name));
        }
        Target target =
                switch (what) {
                    case "reserve" -> Target.RESERVE;
                    case "release" -> Target.RELEASE;
                    case "extend" -> Target.EXTEND;
                    case "share" -> Target.SHARE;
                    case "kick" -> Target.KICK;
                    case "maintenance" -> Target.MAINTENANCE;
                    case "return" -> Target.RETURN;
                    default -> null;
                };
        return only(target, name, "");
    }

    private static List<Route> ofBoard(String name, String what, String word) {
        if (what.equals("power")) {
            boolean known = word.equals("on") || word.equals("off") || word.equals("cycle");
            return only(known ? Target.POWER : null, name, word);
        }
        if (!word.equals("ws")) {
            return List.of();
        }
        Target target =
                switch (what) {
                    case "ssh" -> Target.SSH;
                    case "exec" -> Target.EXEC;
                    case "console" -> Target.CONSOLE;
                    default -> null;
                };
        return only(target, name, "");
    }

    private static List<Route> only(@Nullable Target target, String name, String word) {
        return target == null ? List.of() : List.of(new Route(target, name, word));
    }

    private static List<Route> requests(String[] parts) {
        return switch (parts.length) {
            case 2 -> List.of(Route.to(Target.REQUESTS), Route.to(Target.QUEUE));
            case 3 -> List.of(Route.to(Target.REQUEST, parts[2]), Route.to(Target.CANCEL, parts[2]));
            default -> List.of();
        };
    }

    private static List<Route> auth(String[] parts) {
        if (parts.length == 3 && parts[2].equals("token")) {
            return List.of(Route.to(Target.NEW_TOKEN), Route.to(Target.REVOKE_TOKEN));
        }
        if (parts.length == 3 && parts[2].equals("tokens")) {
            return List.of(Route.to(Target.ISSUE_TOKEN));
        }
        return parts.length == 4 && parts[2].equals("tokens")
                ? List.of(Route.to(Target.REVOKE_ANY_TOKEN, parts[3]))
                : List.of();
    }
}
