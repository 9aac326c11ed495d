package dev.muster.observe.cos;

import org.jspecify.annotations.Nullable;

/**
 * Which path leads where (contract §1.1, §2). Paths are decoded first and taken apart then, so an encoded slash is a
 * slash. All routes end in a slash but one: a device's page.
 */
final class Paths {

    private static final String API = "/api/v1/";

    private final String prefix;

    Paths(String prefix) {
        this.prefix = prefix;
    }

    boolean serves(String rawPath) {
        return rawPath.startsWith(prefix)
                && (rawPath.length() == prefix.length() || rawPath.charAt(prefix.length()) == '/');
    }

    /** Whether programs rather than browsers are answered there, also when there is nothing. */
    boolean isApi(String rawPath) {
        return rawPath.startsWith("/api/", prefix.length());
    }

    /** Null when there is nothing. */
    @Nullable
    Route find(String rawPath) {
        String path = Percent.decoded(rawPath.substring(prefix.length()), false);
        if (path.startsWith(API)) {
            return path.endsWith("/")
                    ? api(path.substring(API.length(), Math.max(API.length(), path.length() - 1)))
                    : null;
        }
        return page(path);
    }

    /** Where somebody who forgot the slash at the end wanted to go; null when a slash would not help. */
    @Nullable
    String slashed(String rawPath) {
        return !rawPath.endsWith("/") && find(rawPath + "/") != null ? rawPath + "/" : null;
    }

    private static @Nullable Route api(String path) {
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty()) {
                return null;
            }
        }
        return switch (parts[0]) {
            case "health" -> parts.length == 1 ? Route.to(Target.HEALTH) : null;
            case "schema" -> parts.length == 1 ? Route.to(Target.SCHEMA) : null;
            case "docs" -> parts.length == 1 ? Route.to(Target.DOCS) : null;
            case "devices" -> devices(parts);
            case "applications" -> documents(parts);
            default -> null;
        };
    }

    private static @Nullable Route devices(String[] parts) {
        return switch (parts.length) {
            case 1 -> Route.to(Target.DEVICES);
            case 2 -> Route.to(Target.DEVICE, parts[1]);
            case 3 -> parts[2].equals("certificate") ? Route.to(Target.CERTIFICATE, parts[1]) : null;
            default -> null;
        };
    }

    private static @Nullable Route documents(String[] parts) {
        if (parts.length != 3 && parts.length != 4) {
            return null;
        }
        for (Application each : Application.values()) {
            if (each.segment.equals(parts[1]) && each.collection().equals(parts[2])) {
                return parts.length == 3
                        ? new Route(Target.DOCUMENTS, each, "")
                        : new Route(Target.DOCUMENT, each, parts[3]);
            }
        }
        return null;
    }

    private static @Nullable Route page(String path) {
        if (path.equals("/devices/")) {
            return Route.to(Target.DEVICES_PAGE);
        }
        if (path.startsWith("/devices/")) {
            String uid = path.substring("/devices/".length());
            return uid.indexOf('/') < 0 ? Route.to(Target.DEVICE_PAGE, uid) : null;
        }
        if (path.equals("/admin/login/")) {
            return Route.to(Target.SIGN_IN);
        }
        return path.startsWith("/admin/") ? Route.to(Target.ADMIN) : null;
    }
}
