package dev.muster.observe.cos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code schema/} and {@code docs/} (contract §7): what this wire can do, for programs and for people. */
final class SchemaRoutes {

    private static final String NAME = "COS registration server API";
    private static final String OPENAPI = "application/vnd.oai.openapi";

    private final byte[] json;
    private final byte[] yaml;
    private final String page;

    SchemaRoutes(CosSettings settings) {
        ObjectNode schema = (ObjectNode) load();
        schema.withArray("servers").addObject().put("url", settings.prefix());
        json = Body.JSON.writeValueAsBytes(schema);
        yaml = YamlText.of(schema).getBytes(StandardCharsets.UTF_8);
        page = page(schema, settings.prefix());
    }

    private static JsonNode load() {
        try (InputStream in = SchemaRoutes.class.getResourceAsStream("cos-openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("cos-openapi.json is missing");
            }
            return Body.JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Mono<Void> document(Visit visit) {
        Media media = media(
                visit.headers.getOrEmpty(HttpHeaders.ACCEPT), visit.query().last("format"));
        String disposition = "inline; filename=\"" + NAME + (media.isJson() ? ".json" : ".yaml") + '"';
        return Answers.file(visit, media.type, disposition, media.isJson() ? json : yaml);
    }

    Mono<Void> page(Visit visit) {
        return Answers.page(visit, 200, page);
    }

    private enum Media {
        OPENAPI_YAML(OPENAPI + "; charset=utf-8", OPENAPI),
        YAML("application/yaml; charset=utf-8", "application/yaml"),
        OPENAPI_JSON(OPENAPI + "+json", OPENAPI + "+json"),
        JSON("application/json", "application/json");

        final String type;
        private final String name;

        Media(String type, String name) {
            this.type = type;
            this.name = name;
        }

        boolean isJson() {
            return this == OPENAPI_JSON || this == JSON;
        }
    }

    private static Media media(List<String> accept, @Nullable String format) {
        if (format != null && !format.isEmpty()) {
            return switch (format) {
                case "json" -> Media.OPENAPI_JSON;
                case "yaml" -> Media.OPENAPI_YAML;
                default -> throw CosFailure.notFound();
            };
        }
        boolean any = accept.isEmpty();
        for (String header : accept) {
            for (String each : header.split(",")) {
                String media = each.split(";", 2)[0].strip();
                for (Media known : Media.values()) {
                    if (known.name.equalsIgnoreCase(media)) {
                        return known;
                    }
                }
                any |= media.equals("*/*") || media.equals("application/*") || media.equals("text/html");
            }
        }
        if (!any) {
            throw CosFailure.notAcceptable();
        }
        return Media.OPENAPI_YAML;
    }

    private static String page(JsonNode schema, String prefix) {
        StringBuilder body = new StringBuilder("<h1>" + NAME + "</h1>\n<p>"
                + Html.escaped(schema.path("info").path("description").asString()) + "</p>\n<p>"
                + Html.link(prefix + "/api/v1/schema/", "OpenAPI 3.0.3, YAML") + ", "
                + Html.link(prefix + "/api/v1/schema/?format=json", "JSON") + "</p>\n<table>\n"
                + "<thead><tr><th>Method</th><th>Path</th><th>What</th><th>Answers</th></tr></thead>\n<tbody>\n");
        schema.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> !operation.getKey().equals("parameters"))
                .forEach(operation -> body.append("<tr><td>")
                        .append(operation.getKey().toUpperCase(Locale.ROOT))
                        .append("</td><td>")
                        .append(Html.escaped(prefix + path.getKey()))
                        .append("</td><td>")
                        .append(Html.escaped(
                                operation.getValue().path("summary").asString()))
                        .append("</td><td>")
                        .append(String.join(
                                ", ", operation.getValue().path("responses").propertyNames()))
                        .append("</td></tr>\n")));
        return Html.page(NAME, body.append("</tbody></table>").toString());
    }
}
