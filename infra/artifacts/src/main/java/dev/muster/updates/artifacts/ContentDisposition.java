package dev.muster.updates.artifacts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The header that names a download (RFC 6266): once in plain ASCII, and once as it is where that differs. */
final class ContentDisposition {

    private ContentDisposition() {}

    static String attachment(String fileName) {
        String plain = fileName.replaceAll("[^ !#$&+.\\-0-9A-Z_a-z(){}~]", "_");
        String header = "attachment; filename=\"" + plain + "\"";
        if (plain.equals(fileName)) {
            return header;
        }
        // URLEncoder speaks the dialect of forms, which differs from RFC 5987 in these two characters.
        String encoded = URLEncoder.encode(fileName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return header + "; filename*=UTF-8''" + encoded;
    }
}
