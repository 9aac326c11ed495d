package dev.muster.observe.cos;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Small pages without script and style. Whatever came from outside is escaped where it is put in. */
final class Html {

    static final String TYPE = "text/html; charset=utf-8";
    static final String NOT_FOUND =
            page("Not Found", "<h1>Not Found</h1><p>The requested resource was not found on this server.</p>");
    static final String BAD_HOST = page(
            "Bad Request (400)",
            "<h1>Bad Request (400)</h1><p>This server does not go by that name. Its operator can add the name to"
                    + " <code>muster.cos.allowed-hosts</code>.</p>");

    private Html() {}

    /** @param title plain text; @param body markup */
    static String page(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
                + "</title></head>\n<body>\n" + body + "\n</body></html>\n";
    }

    static String link(String target, String text) {
        return "<a href=\"" + escaped(target) + "\">" + escaped(text) + "</a>";
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String entity = entity(c);
            if (entity == null) {
                out.append(c);
            } else {
                out.append(entity);
            }
        }
        return out.toString();
    }

    /** The same for UTF-8, where all that needs escaping is one byte. */
    static byte[] escaped(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length * 5 / 4 + 16);
        for (byte each : text) {
            String entity = each < 0 ? null : entity((char) each);
            if (entity == null) {
                out.write(each);
            } else {
                for (int i = 0; i < entity.length(); i++) {
                    out.write(entity.charAt(i));
                }
            }
        }
        return out.toByteArray();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#x27;";
            default -> null;
        };
    }
}
