package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.goosebit.GoosebitWorld.Answer;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.Versions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Software: GB-47 to GB-49, GB-51 to GB-54, GB-56 to GB-59 (contract §13). GB-50 is in the tests of RAUC's bundles and of
 * the intake, GB-55 in those of masked addresses, GB-72 in those of the stores.
 */
@Timeout(120)
class SoftwareVectorsTest {

    private static GoosebitWorld world;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.with(
                "--muster.goosebit.device-auth=false", "--muster.artifacts.remote.allowed=127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static JsonNode shown(int id) {
        for (JsonNode each : world.get("/api/v1/software").json().path("software")) {
            if (each.path("id").asInt() == id) {
                return each;
            }
        }
        throw new AssertionError("no software " + id);
    }

    private static List<String> compatibility(int id) {
        return shown(id)
                .path("compatibility")
                .valueStream()
                .map(each -> each.path("model").asString() + "/"
                        + each.path("revision").asString())
                .toList();
    }

    @Test
    void gb47To49_whatABundleFits() {
        int gateway = world.software(
                "8.8.1-11-g8c926e5+188370",
                "smart-gateway-mt7688: { hardware-compatibility: [ \"0.5\", \"1.0\", \"1.1.0\", \"1.2.0\", \"1.2.1\" ]; };");
        assertThat(compatibility(gateway))
                .containsExactly(
                        "smart-gateway-mt7688/0.5",
                        "smart-gateway-mt7688/1.0",
                        "smart-gateway-mt7688/1.1.0",
                        "smart-gateway-mt7688/1.2.0",
                        "smart-gateway-mt7688/1.2.1");
        byte[] whole = SwuBytes.of("8.8.2", "smart-gateway-mt7688: { hardware-compatibility: [ \"0.5\", \"1.0\" ]; };");
        Answer cut = world.upload("cut.swu", java.util.Arrays.copyOf(whole, whole.length - 1800))
                .expect(422);
        assertThat(cut.detail())
                .as("GB-47: cut behind its description is broken here, the original takes it")
                .isEqualTo("Software image header cannot be parsed");
        assertThat(isStored(java.util.Arrays.copyOf(whole, whole.length - 1800)))
                .isFalse();

        assertThat(compatibility(world.software("48.1", ""))).containsExactly("default/default");
        assertThat(compatibility(world.software("48.2", "hardware-compatibility: [ \"1.0\", \"1.2\" ];")))
                .containsExactly("default/1.0", "default/1.2");
        assertThat(compatibility(
                        world.software("48.3", "gb48: { stable: { hardware-compatibility: [ \"3\", \"4\" ]; }; };")))
                .containsExactly("gb48/3", "gb48/4");
        assertThat(compatibility(world.software("48.4", "other: { }; gb48b: { hardware-compatibility: [ \"3\" ]; };")))
                .as("groups without it are passed over")
                .containsExactly("gb48b/3");
        int one = world.software("1.0", "gb49: { hardware-compatibility: [ \"1\" ]; };");
        assertThat(shown(one).path("version").asString()).isEqualTo("1.0");
        assertThat(Versions.ORDER.compare("1.0", "1.0.0")).isZero();
        assertThat(shown(one).propertyNames())
                .containsExactly("id", "size", "hash", "version", "compatibility", "name");
    }

    @Test
    void gb51_theSameTwice() {
        byte[] bundle = SwuBytes.of("51.0", "");
        world.upload("a.swu", bundle).expect(200);
        assertThat(world.upload("b.swu", bundle).expect(409).detail())
                .isEqualTo("Software with same version and overlapping compatibility already exists");
        assertThat(world.upload("c.swu", "no bundle".getBytes()).expect(422).detail())
                .isEqualTo("Software image header cannot be parsed");
        assertThat(isStored("no bundle".getBytes()))
                .as("what is refused does not stay")
                .isFalse();
    }

    @Test
    void theSameTwiceAtOnce() {
        byte[] bundle = SwuBytes.of("51.1", "");
        List<Integer> answers = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> world.upload("at-once-" + i + ".swu", bundle).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(answers).containsExactly(200, 409, 409, 409, 409, 409);
    }

    private static boolean isStored(byte[] content) {
        return Boolean.TRUE.equals(world.server
                .bean(ArtifactStore.class)
                .find(SwuBytes.hex("SHA-256", content))
                .hasElement()
                .block(Duration.ofSeconds(10)));
    }

    @Test
    void gb52To54_byAddress() throws Exception {
        Map<String, byte[]> files = new ConcurrentHashMap<>();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        elsewhere.start();
        String base = "127.0.0.1:" + elsewhere.getAddress().getPort();
        try {
            String url = "http://user:secret@" + base + "/f.swu";
            files.put("/f.swu", SwuBytes.of("52.0", ""));
            files.put("/g.swu", SwuBytes.of("52.0", ""));
            int first = fetch(url).expect(200).json().path("id").asInt();
            fetch("http://" + base + "/g.swu").expect(409);
            files.put("/g.swu", SwuBytes.of("52.1", ""));
            int other = fetch("http://" + base + "/g.swu")
                    .expect(200)
                    .json()
                    .path("id")
                    .asInt();
            assertThat(other).isGreaterThan(first);

            files.remove("/f.swu");
            fetch(url).expect(422);
            assertThat(shown(first).path("version").asString())
                    .as("GB-53: the old one stays")
                    .isEqualTo("52.0");
            files.put("/f.swu", SwuBytes.of("52.2", ""));
            int second = fetch(url).expect(200).json().path("id").asInt();
            assertThat(second).isGreaterThan(other);
            assertThat(world.get("/api/v1/software").json().path("software"))
                    .extracting(each -> each.path("id").asInt())
                    .contains(second)
                    .doesNotContain(first);

            assertThat(shown(second).path("name").asString())
                    .as("GB-54")
                    .isEqualTo("http://user:***@" + base + "/f.swu");
            world.registered("gb54");
            world.patch("gb54", Map.of("feed", "gb54")).expect(200);
            int rollout = world.rollout("gb54", second);
            String document = world.device("GET", "gb54", "/deploymentBase/" + second, null)
                    .text();
            assertThat(document).contains("\"href\":\"" + url + "\"");
            assertThat(world.device("GET", "gb54", "/download", null)
                            .expect(307)
                            .header("Location"))
                    .isEqualTo(url);
            fetch(url).expect(409);
            world.ask("DELETE", "/api/v1/rollouts", Map.of("ids", List.of(rollout)))
                    .expect(200);
        } finally {
            elsewhere.stop(0);
        }
        for (String other : List.of("ftp://example.org/f.swu", "file:///etc/passwd")) {
            assertThat(fetch(other).expect(422).detail()).isEqualTo("Software URI protocol unknown");
        }
    }

    private static Answer fetch(String url) {
        return world.ask(
                "PUT",
                "/api/v1/software",
                "url=" + java.net.URLEncoder.encode(url, java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Test
    void gb56_fileNames() {
        byte[] bundle = SwuBytes.of("56.0", "");
        for (String name : List.of("../../e.swu", "/etc/e.swu", "C:x.swu")) {
            world.upload(name, bundle).expect(400);
        }
        assertThat(world.upload("", bundle).expect(400).detail()).isEqualTo("Filename must be specified");
        int id = world.upload("a/b.swu", bundle).expect(200).json().path("id").asInt();
        assertThat(shown(id).path("name").asString()).isEqualTo("b.swu");
        world.ask(
                        "PUT",
                        "/ui/bff/software",
                        GoosebitWorld.file("chunk", "blob", bundle, "init", "true", "done", "true"),
                        "Content-Type",
                        GoosebitWorld.multipart())
                .expect(400);
    }

    @Test
    void aFileComesInPieces() {
        byte[] bundle = SwuBytes.of("56.1", "");
        int half = bundle.length / 2;
        byte[] one = java.util.Arrays.copyOf(bundle, half);
        byte[] two = java.util.Arrays.copyOfRange(bundle, half, bundle.length);
        piece(two, "never-begun.swu", false, true).expect(400);
        for (String trick : List.of("../../pieces.swu", "/etc/pieces.swu", "C:pieces.swu", "..", " ")) {
            piece(one, trick, true, false).expect(400);
        }
        piece(one, "pieces.swu", true, false).expect(200);
        assertThat(piece(two, "pieces.swu", false, true).expect(200).text()).isEqualTo("null");
        assertThat(world.get("/api/v1/software").text()).contains("\"name\":\"pieces.swu\"");
    }

    private static Answer piece(byte[] bytes, String name, boolean init, boolean done) {
        return world.ask(
                "PUT",
                "/ui/bff/software",
                GoosebitWorld.file(
                        "chunk",
                        "blob",
                        bytes,
                        "filename",
                        name,
                        "init",
                        String.valueOf(init),
                        "done",
                        String.valueOf(done)),
                "Content-Type",
                GoosebitWorld.multipart());
    }

    @Test
    void gb57To59_deletingAndMethods() {
        int software = world.software("57.0", "");
        int rollout = world.rollout("gb57", software);
        assertThat(delete(software).expect(409).detail()).isEqualTo("Software is referenced by rollout");
        assertThat(delete(999_999).expect(200).text()).isEqualTo("{\"success\":false}");
        world.ask("DELETE", "/api/v1/rollouts", Map.of("ids", List.of(rollout))).expect(200);
        assertThat(isStored(SwuBytes.of("57.0", ""))).isTrue();
        assertThat(delete(software).expect(200).text()).isEqualTo("{\"success\":true}");
        assertThat(isStored(SwuBytes.of("57.0", ""))).as("its file is gone").isFalse();
        world.ask("GET", "/api/v1/download/" + software, null).expect(404);

        for (String path : List.of("/api/v1/software", "/api/v1/rollouts", "/api/v1/settings/users")) {
            world.ask("POST", path, Map.of()).expect(405);
        }
        Answer unknown = world.ask("PUT", "/api/v1/rollouts", Map.of("name", "", "feed", "x", "software_id", "999999"))
                .expect(404);
        assertThat(unknown.detail()).isEqualTo("No software with ID 999999 found");
    }

    private static Answer delete(int id) {
        return world.ask("DELETE", "/api/v1/software", Map.of("software_ids", List.of(id)));
    }
}
