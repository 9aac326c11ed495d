package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Changed;
import dev.muster.updates.ActionCommand.MarkDownloading;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.UrlMask;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a store with files (straight from the disk) and from one without (streamed). */
class DownloadTest {

    @AutoClose
    private static final House house = new House();

    private static byte[] content;

    @TempDir
    static Path directory;

    @BeforeAll
    static void open() throws Exception {
        content = new byte[300_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(directory.resolve("content"), content);
        Artifact onDisk = house.shelf.put("disk.bin", content, file);
        byte[] other = content.clone();
        other[0]++;
        Artifact streamed = house.shelf.put("stream.bin", other, null);
        Artifact empty = house.shelf.put("empty.bin", new byte[0], null);
        Artifact lost = new Artifact("lost.bin", "ee".repeat(32), "ee", "ee", 5, Instant.EPOCH, null);
        ReleaseRef release = house.release(
                "fw",
                new SoftwareModule(
                        5, "os", "fw", "1", false, List.of(onDisk, streamed, empty, lost), List.of(), List.of()));
        house.device("d", null);
        house.assign("d", 1, release);
    }

    @AfterEach
    void tidyUp() {
        house.tidyUp();
    }

    private static String file(String name) {
        return path("d") + "/softwaremodules/5/artifacts/" + name;
    }

    private static byte[] expected(String name) {
        byte[] bytes = content.clone();
        if (name.equals("stream.bin")) {
            bytes[0]++;
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.bin", "stream.bin"})
    void aWholeFileArrivesAndIsNoted(String name) {
        HttpResponse<byte[]> answer = house.get(file(name));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(expected(name));
        assertThat(house.sent(MarkDownloading.class))
                .extracting(MarkDownloading::fileName)
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.bin", "stream.bin"})
    void aRangeArrivesAndIsNotNoted(String name) {
        HttpResponse<byte[]> answer = house.get(file(name), "Range", "bytes=100000-299999");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(expected(name), 100_000, 300_000));
        assertThat(house.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.bin", "stream.bin"})
    void partsArriveWithTheLengthThatWasTold(String name) {
        HttpResponse<byte[]> answer = house.get(file(name), "Range", "bytes=200000-299999,0-99999");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        assertThat(text)
                .contains(new String(Arrays.copyOfRange(expected(name), 0, 100_000), StandardCharsets.ISO_8859_1))
                .contains("Content-Range: bytes 200000-299999/300000")
                .endsWith("--\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.bin", "stream.bin", "empty.bin"})
    void headTellsTheSameWithoutABody(String name) {
        HttpResponse<byte[]> head = house.send(
                "HEAD", file(name), null, "Authorization", "GatewayToken " + House.GATEWAY, "Range", "bytes=0-1");
        HttpResponse<byte[]> get = house.get(file(name));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"))
                .isPresent();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    }

    @Test
    void aLostFileIsGone() {
        HttpResponse<byte[]> answer = house.get(file("lost.bin"));

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("artifact.binaryDeleted");
    }

    @Test
    void downloadsNeedCredentialsUnlessTheyAreOpen() {
        assertThat(house.send("GET", file("disk.bin"), null).statusCode()).isEqualTo(401);
        house.change("openDownloads", true);

        assertThat(house.send("GET", file("disk.bin"), null).statusCode()).isEqualTo(200);
        assertThat(house.send("GET", file("disk.bin.MD5SUM"), null).statusCode())
                .isEqualTo(200);
        assertThat(house.send("GET", path("d"), null).statusCode()).isEqualTo(401);
        assertThat(house.send("GET", path("d") + "/softwaremodules/5/artifacts", null)
                        .statusCode())
                .isEqualTo(401);
        assertThat(house.commands).as("strangers leave no trace").isEmpty();
    }

    @Test
    void devicesAreSentToTheStoreOnlyWhenWished() {
        house.shelf.presigned = "https://bucket.example.org/x?sig=1";

        assertThat(house.get(file("disk.bin")).statusCode()).isEqualTo(200);
        DdiSettings redirecting = Changed.copy(DdiSettings.DEFAULTS, "redirectDownloads", true);
        try (House other = new House(redirecting)) {
            other.shelf.presigned = house.shelf.presigned;
            Artifact artifact = other.shelf.put("f", content, null);
            other.device("d", null);
            other.assign(
                    "d",
                    1,
                    other.release(
                            "fw",
                            new SoftwareModule(5, "os", "fw", "1", false, List.of(artifact), List.of(), List.of())));

            HttpResponse<byte[]> answer = other.get(path("d") + "/softwaremodules/5/artifacts/f");
            assertThat(answer.statusCode()).isEqualTo(307);
            assertThat(answer.headers().firstValue("Location")).hasValue("https://bucket.example.org/x?sig=1");
        }
    }

    private static House houseWithAFileElsewhere(String url) {
        House other = new House();
        Artifact elsewhere =
                new Artifact("os.swu", "aa".repeat(32), "bb".repeat(20), "cc".repeat(16), 7, Instant.EPOCH, url);
        other.device("d", null);
        other.assign(
                "d",
                1,
                other.release(
                        "os", new SoftwareModule(5, "os", "os", "1", false, List.of(elsewhere), List.of(), List.of())));
        return other;
    }

    @Test
    void whatLiesElsewhereIsFetchedFromThere() {
        String whole = "https://user:" + House.PASSWORD + "@files.example.org:8443/a%20b/os.swu?x=1&y=2";
        try (House other = houseWithAFileElsewhere(UrlMask.masked(whole))) {
            String own = path("d") + "/softwaremodules/5/artifacts/os.swu";
            String document = House.text(other.get(path("d") + "/deploymentBase/1"));

            assertThat(document)
                    .contains("\"download\":{\"href\":\"" + whole + "\"}")
                    .contains("\"download-http\":{\"href\":\"" + whole + "\"}")
                    .contains("\"md5sum\":{\"href\":\"" + other.url() + own + ".MD5SUM\"}")
                    .contains("\"size\":7")
                    .doesNotContain("***");
            assertThat(House.text(other.get(path("d") + "/softwaremodules/5/artifacts")))
                    .contains(whole);
            assertThat(House.text(other.get(own + ".MD5SUM"))).isEqualTo("cc".repeat(16) + "  os.swu");
            for (String method : List.of("GET", "HEAD")) {
                HttpResponse<byte[]> answer = other.send(
                        method, own, null, "Authorization", "GatewayToken " + House.GATEWAY, "Range", "bytes=0-1");
                assertThat(answer.statusCode()).isEqualTo(307);
                assertThat(answer.headers().firstValue("Location")).hasValue(whole);
                assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
                assertThat(answer.body()).isEmpty();
                assertThat(answer.headers().map().toString()).doesNotContain(House.GATEWAY);
            }
            assertThat(other.sent(MarkDownloading.class)).isEmpty();
            assertThat(other.get(own).statusCode()).isEqualTo(307);
            assertThat(other.sent(MarkDownloading.class)).hasSize(1);
        }
    }

    @Test
    void whatLiesElsewhereIsForThoseWhoMayHaveItAndDoNot() {
        try (House other = houseWithAFileElsewhere("https://files.example.org/os.swu")) {
            String own = path("d") + "/softwaremodules/5/artifacts/os.swu";
            other.device("e", null);

            assertThat(other.send("GET", own, null).statusCode()).isEqualTo(401);
            assertThat(other.get(path("e") + "/softwaremodules/5/artifacts/os.swu")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(other.get(own, "If-Match", '"' + "00".repeat(20) + '"').statusCode())
                    .isEqualTo(412);
            HttpResponse<byte[]> known = other.get(own, "If-None-Match", '"' + "bb".repeat(20) + '"');
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(known.headers().firstValue("Location")).isEmpty();
        }
    }
}
