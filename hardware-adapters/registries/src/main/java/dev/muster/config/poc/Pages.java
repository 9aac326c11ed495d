package dev.muster.config.poc;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /docs} and {@code /openapi.json}: what this wire can do, for people and for programs. */
final class Pages {

    private static final String RESOURCE = "poc-openapi.json";
    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;"
            + "padding:0 1rem}table{border-collapse:collapse}th,td{text-align:left;padding:.4rem .8rem;"
            + "border-bottom:1px solid #8886;vertical-align:top}:root{color-scheme:light dark}";

    final byte[] openApi;
    final byte[] docs;

    /** @param base what stands before all paths; empty for nothing */
    Pages(String base) {
        Json.Members document = object(JsonReader.read(load()));
        Json server = Json.Members.NONE.with("url", Json.of(base.isEmpty() ? "/" : base));
        openApi = document.with("servers", new Json.Items(List.of(server)))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        docs = page(document, base).getBytes(StandardCharsets.UTF_8);
    }

    private static String load() {
        try (InputStream in = Pages.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(Json.Members document, String base) {
        Json.Members info = object(document.get("info"));
        String title = escaped(text(info.get("title")));
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title><style>" + STYLE
                + "</style></head>\n<body>\n<h1>" + title + "</h1>\n<p>" + escaped(text(info.get("description")))
                + "</p>\n<p><a href=\"" + escaped(base) + "/openapi.json\">OpenAPI 3.1</a></p>\n<table>\n"
                + "<thead><tr><th>Method</th><th>Path</th><th>What</th><th>Answers</th></tr></thead>\n<tbody>\n");
        object(document.get("paths")).values().forEach((path, operations) -> object(operations)
                .values()
                .forEach((method, operation) -> row(page, method, base + path, object(operation))));
        return page.append("</tbody></table>\n</body></html>\n").toString();
    }

    private static void row(StringBuilder page, String method, String path, Json.Members operation) {
        page.append("<tr><td>")
                .append(escaped(method.toUpperCase(Locale.ROOT)))
                .append("</td><td><code>")
                .append(escaped(path))
                .append("</code></td><td>")
                .append(escaped(text(operation.get("summary"))))
                .append("</td><td>");
        object(operation.get("responses")).values().forEach((status, response) -> page.append(escaped(status))
                .append(" ")
                .append(escaped(text(object(response).get("description"))))
                .append("<br>"));
        page.append("</td></tr>\n");
    }

    private static Json.Members object(@Nullable Json value) {
        if (value instanceof Json.Members members) {
            return members;
        }
        throw new IllegalStateException(RESOURCE + " has no object where one should be");
    }

    private static String text(@Nullable Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw new IllegalStateException(RESOURCE + " has no text where one should be");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
