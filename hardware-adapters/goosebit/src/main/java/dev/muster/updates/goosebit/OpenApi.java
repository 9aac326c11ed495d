package dev.muster.updates.goosebit;

import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What programs can ask, as OpenAPI 3.1: devices' paths, the REST API and signing in (contract §6). */
final class OpenApi {

    private static final String DEVICE = "/{tenant}/controller/v1/{dev_id}";

    private final byte[] document;

    /** @param prefix where the wire is mounted */
    OpenApi(String prefix) {
        this.document = Json.bytes(document(prefix));
    }

    Mono<Void> answer(Visit visit) {
        return Answers.json(visit, new String(document, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static ObjectNode document(String prefix) {
        ObjectNode root = Json.object().put("openapi", "3.1.0");
        root.putObject("info").put("title", "gooseBit").put("version", "0.2.12");
        root.putArray("servers").addObject().put("url", prefix);
        ObjectNode paths = root.putObject("paths");
        path(paths, DEVICE, "get");
        path(paths, DEVICE + "/configData", "put");
        path(paths, DEVICE + "/deploymentBase/{action_id}", "get");
        path(paths, DEVICE + "/deploymentBase/{action_id}/feedback", "post");
        path(paths, DEVICE + "/download", "head", "get");
        path(paths, "/api/v1/devices", "get", "put", "patch", "delete");
        path(paths, "/api/v1/devices/{dev_id}", "get");
        path(paths, "/api/v1/devices/{dev_id}/log", "get");
        path(paths, "/api/v1/software", "get", "put", "delete");
        path(paths, "/api/v1/rollouts", "get", "put", "patch", "delete");
        path(paths, "/api/v1/download/{file_id}", "get");
        path(paths, "/api/v1/settings/permissions", "get");
        path(paths, "/api/v1/settings/users", "get", "put", "patch", "delete");
        path(paths, "/login", "post");
        return root;
    }

    private static void path(ObjectNode paths, String path, String... methods) {
        ObjectNode entry = paths.putObject(path);
        for (String method : List.of(methods)) {
            ObjectNode operation = entry.putObject(method);
            var parameters = operation.putArray("parameters");
            for (String part : path.split("/")) {
                if (part.startsWith("{")) {
                    parameters
                            .addObject()
                            .put("name", part.substring(1, part.length() - 1))
                            .put("in", "path")
                            .put("required", true)
                            .putObject("schema")
                            .put("type", "string");
                }
            }
            operation.putObject("responses").putObject("200").put("description", "Successful Response");
        }
    }
}
