package dev.muster.updates.goosebit;

import dev.muster.kernel.Percent;
import org.jspecify.annotations.Nullable;

/**
 * A path of devices, {@code /{tenant}/controller/v1/{device}[/rest]}.
 *
 * @param tenant decoded
 * @param device decoded
 * @param rest raw, what follows the device without its slash; empty when nothing does
 */
record DevicePath(String tenant, String device, String rest) {

    private static final String BASE = "/controller/v1/";

    /** Takes a path below the base apart; null when it is none of devices. Fails with 404 for what nobody means. */
    static @Nullable DevicePath read(String path) {
        int base = path.indexOf('/', 1);
        if (base < 2 || !path.startsWith(BASE, base)) {
            return null;
        }
        int start = base + BASE.length();
        int end = path.indexOf('/', start);
        String device = decoded(end < 0 ? path.substring(start) : path.substring(start, end));
        if (device.isEmpty() || device.equals(".") || device.equals("..") || device.indexOf('/') >= 0) {
            throw WireFailure.notFound();
        }
        return new DevicePath(decoded(path.substring(1, base)), device, end < 0 ? "" : path.substring(end + 1));
    }

    private static String decoded(String segment) {
        String text = Percent.decodedOrNull(segment);
        if (text == null) {
            throw WireFailure.notFound();
        }
        return text;
    }

    /** The number in {@code deploymentBase/{number}}; fails with 422 when it is none (contract §2.7). */
    static int actionNumber(String raw) {
        String text = Percent.decodedOrNull(raw);
        try {
            return text == null || text.length() > 20 ? Integer.parseInt("") : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw WireFailure.unprocessable(Problem.wrongKind(
                    "int_parsing",
                    java.util.List.of("path", "action_id"),
                    "integer, unable to parse string as an integer",
                    Json.text(text == null ? raw : text)));
        }
    }
}
