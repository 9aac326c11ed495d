package dev.muster.updates.ddi;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three forms of a document, in the order of our preference (contract §3). */
enum Media {
    HAL("application", "hal+json"),
    JSON("application", "json"),
    CBOR("application", "cbor");

    /** What a 406 names. */
    static final String OFFERED = "application/hal+json, application/json, application/cbor";
    /** What a 415 names. */
    static final String READ = "application/json, application/cbor";

    private static final int HEADER_LENGTH_MAX = 1024;

    final String type;
    private final String subtype;

    Media(String top, String subtype) {
        this.type = top + "/" + subtype;
        this.subtype = subtype;
    }

    /** The best offer for an Accept header; null when nothing is acceptable. */
    static @Nullable Media accepted(@Nullable String accept) {
        if (accept == null) {
            return HAL;
        }
        return switch (accept) {
            case "*/*", "application/hal+json", "" -> HAL;
            case "application/json", "application/json;charset=UTF-8" -> JSON;
            case "application/cbor" -> CBOR;
            default -> negotiated(accept);
        };
    }

    /** The greatest quality wins, then the client's order, then ours; a more exact refusal ({@code q=0}) counts. */
    private static @Nullable Media negotiated(String accept) {
        if (accept.length() > HEADER_LENGTH_MAX) {
            return null;
        }
        String[] ranges = accept.toLowerCase(Locale.ROOT).split(",");
        Media best = null;
        double bestQuality = 0;
        for (String range : ranges) {
            double quality = quality(range);
            if (quality <= bestQuality) {
                continue;
            }
            for (Media media : values()) {
                if (media.matches(range) && !media.refusedBy(ranges)) {
                    best = media;
                    bestQuality = quality;
                    break;
                }
            }
        }
        return best;
    }

    private boolean refusedBy(String[] ranges) {
        for (String range : ranges) {
            if (name(range).equals(type) && quality(range) == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String range) {
        String name = name(range);
        return name.equals(type)
                || name.equals("*/*")
                || name.equals("application/*")
                || (name.equals("application/*+json") && subtype.endsWith("+json"));
    }

    private static String name(String range) {
        int semicolon = range.indexOf(';');
        return (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
    }

    private static double quality(String range) {
        for (int at = range.indexOf(';'); at >= 0; at = range.indexOf(';', at + 1)) {
            int next = range.indexOf(';', at + 1);
            String parameter =
                    range.substring(at + 1, next < 0 ? range.length() : next).strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Math.clamp(Double.parseDouble(parameter.substring(2)), 0.0, 1.0);
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** The form of a request body; null when it is none of those we read. */
    static @Nullable Media ofBody(@Nullable String contentType) {
        if (contentType == null || contentType.length() > HEADER_LENGTH_MAX) {
            return null;
        }
        return switch (name(contentType.toLowerCase(Locale.ROOT))) {
            case "application/json" -> JSON;
            case "application/cbor" -> CBOR;
            default -> null;
        };
    }
}
