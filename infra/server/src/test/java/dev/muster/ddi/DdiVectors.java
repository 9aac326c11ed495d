package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Made;
import dev.muster.ddi.DdiWorld.Part;
import dev.muster.ddi.DdiWorld.Plan;
import dev.muster.testing.Changed;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.DeviceView;
import dev.muster.updates.UpdateSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What all vectors share: a device's voice, and short words for what operators do. */
abstract class DdiVectors {

    static final String JSON = "application/json";
    static final ObjectMapper READER = JsonMapper.shared();
    static final ObjectMapper CBOR = new CBORMapper();

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final AtomicInteger COUNT = new AtomicInteger();

    final DdiWorld world = ServerDdiWorld.shared();
    private boolean settingsChanged;

    record Answer(int status, HttpHeaders headers, byte[] body) {

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return READER.readTree(body);
        }

        JsonNode cbor() {
            return CBOR.readTree(body);
        }

        String link(String rel) {
            return json().path("_links").path(rel).path("href").asString(null);
        }

        List<String> rels() {
            return List.copyOf(json().path("_links").propertyNames());
        }

        String errorCode() {
            return json().path("errorCode").asString();
        }
    }

    @AfterEach
    void putSettingsBack() {
        if (settingsChanged) {
            world.settings(
                    before -> Changed.copy(UpdateSettings.DEFAULTS, "gatewayTokenDigest", before.gatewayTokenDigest()));
        }
    }

    /** Changes these settings until the test is over: names and values by turns. */
    void settings(Object... namesAndValues) {
        settingsChanged = true;
        world.settings(before -> Changed.copy(before, namesAndValues));
    }

    static String fresh(String stem) {
        return stem + "-" + COUNT.incrementAndGet();
    }

    /** A device that an operator made and that has told its attributes. */
    String knownDevice() {
        String id = newDevice();
        assertThat(attributes(id, "{\"data\":{\"hw\":\"1\"}}").status()).isEqualTo(200);
        return id;
    }

    /** A device that an operator made and that was never heard. */
    String newDevice() {
        String id = fresh("d");
        world.createDevice(id, null);
        return id;
    }

    Made osRelease() {
        return osRelease(false);
    }

    Made osRelease(boolean migrationStep) {
        String name = fresh("fw");
        return world.release(
                name,
                "1.0",
                migrationStep,
                List.of(new Part("os", name, Map.of("file1", new byte[5120]), Map.of(), false)));
    }

    int assigned(String device) {
        return world.assign(device, osRelease(), Plan.FORCED);
    }

    static String path(String device) {
        return "/DEFAULT/controller/v1/" + encoded(device);
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer poll(String device, String... headers) {
        return get(path(device), headers);
    }

    Answer deployment(String device, int action) {
        return get(path(device) + "/deploymentBase/" + action);
    }

    Answer attributes(String device, String body) {
        return send("PUT", path(device) + "/configData", bytes(body), "Content-Type", JSON);
    }

    Answer feedback(String device, int action, String execution, String finished, String... details) {
        return post(path(device) + "/deploymentBase/" + action + "/feedback", report(execution, finished, details));
    }

    Answer cancelFeedback(String device, int action, String execution, String finished) {
        return post(path(device) + "/cancelAction/" + action + "/feedback", report(execution, finished));
    }

    Answer confirmation(String device, int action, String body) {
        return post(path(device) + "/confirmationBase/" + action + "/feedback", body);
    }

    Answer post(String path, String body) {
        return send("POST", path, bytes(body), "Content-Type", JSON);
    }

    static String report(String execution, String finished, String... details) {
        return READER.writeValueAsString(Map.of(
                "status", Map.of("execution", execution, "result", Map.of("finished", finished), "details", details)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** With the gateway token, unless the headers bring another or an empty Authorization. */
    Answer send(String method, String pathOrUrl, byte[] body, String... headers) {
        String url = pathOrUrl.startsWith("http") ? pathOrUrl : world.baseUrl() + pathOrUrl;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        boolean bringsOwn = false;
        for (int i = 0; i < headers.length; i += 2) {
            bringsOwn |= headers[i].equals("Authorization");
            if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        if (!bringsOwn) {
            request.header("Authorization", "GatewayToken " + world.gatewayToken());
        }
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void eachIs405(String path, String... methods) {
        for (String method : methods) {
            Answer answer = send(method, path, method.equals("DELETE") || method.equals("GET") ? null : bytes("{}"));
            assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
            assertThat(answer.header("Allow")).as(method + " " + path).isNotBlank();
        }
    }

    DeviceView device(String id) {
        return world.device(id);
    }

    ActionView action(String device, int number) {
        ActionView view = world.action(device, number);
        assertThat(view).as("action " + number + " of " + device).isNotNull();
        return view;
    }

    List<ActionStatus> entries(String device, int number) {
        return action(device, number).entries().stream()
                .map(ActionView.Entry::status)
                .toList();
    }
}
