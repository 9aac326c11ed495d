package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Made;
import dev.muster.ddi.DdiWorld.Part;
import dev.muster.ddi.DdiWorld.Plan;
import dev.muster.updates.ActionStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TV-96 to TV-106: files. */
class ArtifactVectorsTest extends DdiVectors {

    private final byte[] content = new byte[5120];

    {
        new Random(7).nextBytes(content);
    }

    private record Offered(String device, Made release, int action, String files) {

        String file() {
            return files + "/file1";
        }
    }

    private Made release(String fileName) {
        String name = fresh("fw");
        return world.release(
                name, "1.0", false, List.of(new Part("os", name, Map.of(fileName, content), Map.of(), false)));
    }

    private Offered offered() {
        String id = knownDevice();
        Made release = release("file1");
        return new Offered(id, release, world.assign(id, release, Plan.FORCED), files(id, release));
    }

    private static String files(String id, Made release) {
        return path(id) + "/softwaremodules/" + release.modules().getFirst() + "/artifacts";
    }

    @Test
    void tv96OnlyGivenModulesAreListed() {
        String id = knownDevice();
        Made release = release("file1");
        String files = files(id, release);
        Answer none = get(files);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.errorCode()).isEqualTo("hawkbit.server.error.repo.entityNotFound");

        int action = world.assign(id, release, Plan.FORCED);
        Answer given = get(files);
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.header("ETag")).isNull();
        assertThat(given.json().isArray()).isTrue();
        assertThat(given.json().at("/0/filename").asString()).isEqualTo("file1");

        feedback(id, action, "closed", "success");
        assertThat(get(files).status()).isEqualTo(200);

        feedback(id, assigned(id), "closed", "success");
        assertThat(get(files).status()).isEqualTo(404);
        assertThat(get(files, "Accept", "text/html").status()).isEqualTo(406);
    }

    @Test
    void tv97OnlyGivenFilesAreServed() throws Exception {
        String id = knownDevice();
        Made release = release("file1");
        String file = files(id, release) + "/file1";
        assertThat(get(file).status()).isEqualTo(404);
        assertThat(get(file, "Range", "bytes=0-9").status()).isEqualTo(404);
        assertThat(get(file + ".MD5SUM").status()).isEqualTo(404);

        int action = world.assign(id, release, Plan.FORCED);
        Answer whole = get(file);

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(content);
        assertThat(whole.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(whole.header("Content-Length")).isEqualTo("5120");
        assertThat(whole.header("ETag")).isEqualTo('"' + sha1() + '"');
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(whole.header("Content-Encoding")).isNull();
        assertThat(get(file, "Range", "bytes=0-9").status()).isEqualTo(206);
        assertThat(get(file + ".MD5SUM").status()).isEqualTo(200);
        assertThat(entries(id, action)).containsExactly(ActionStatus.RUNNING, ActionStatus.DOWNLOAD);
        assertThat(get(files(id, release) + "/other").status()).isEqualTo(404);
        assertThat(get(file + ".SHA1SUM").status()).isEqualTo(404);
    }

    private String sha1() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99,0,99",
        "bytes=-1000,4120,5119",
        "bytes=1000-,1000,5119",
        "bytes=5110-99999,5110,5119",
        "bytes=0-5119,0,5119",
        "bytes=-99999,0,5119"
    })
    void tv98ARangeIsServedWithAllItsHeaders(String range, int first, int last) throws Exception {
        Answer answer = get(offered().file(), "Range", range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/5120");
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
        assertThat(answer.header("ETag")).isEqualTo('"' + sha1() + '"');
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Last-Modified")).endsWith(" GMT");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment;filename=file1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5120-",
                "bytes=1-10,hdsf",
                "bytes=100-10",
                "bytes=-0",
                "bytes=0-9, 20-29",
                "bytes=0-9,5-20",
                "items=0-9",
                "bytes=",
                "bytes=-"
            })
    void tv99WhatCannotBeServedIs416(String range) {
        Answer answer = get(offered().file(), "Range", range);

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */5120");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void tv100SeveralRangesComeInParts() {
        Answer answer = get(offered().file(), "Range", "bytes=10-19,0-9");

        assertThat(answer.status()).isEqualTo(206);
        String type = answer.header("Content-Type");
        assertThat(type).matches("multipart/byteranges; boundary=[0-9a-z]+");
        String boundary = type.substring(type.indexOf('=') + 1);
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        String expected =
                "--" + boundary + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 0-9/5120"
                        + "\r\n\r\n" + piece(0, 10) + "\r\n--" + boundary
                        + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 10-19/5120\r\n\r\n"
                        + piece(10, 20)
                        + "\r\n--" + boundary + "--\r\n";
        assertThat(text).isEqualTo(expected);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(expected.length()));
    }

    private String piece(int from, int to) {
        return new String(content, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @Test
    void tv101TheHashMayBeDemanded() throws Exception {
        String file = offered().file();

        assertThat(get(file, "If-Match", sha1()).status()).isEqualTo(200);
        assertThat(get(file, "If-Match", '"' + sha1() + '"').status()).isEqualTo(200);
        assertThat(get(file, "If-Match", "*").status()).isEqualTo(200);
        Answer other = get(file, "If-Match", "\"zzz\"");
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.body()).isEmpty();
        assertThat(get(file, "If-None-Match", '"' + sha1() + '"').status()).isEqualTo(304);
    }

    @Test
    void tv102APieceIsOnlyServedOfTheSameFile() throws Exception {
        String file = offered().file();
        String date = get(file).header("Last-Modified");

        assertThat(get(file, "Range", "bytes=0-9", "If-Range", '"' + sha1() + '"')
                        .status())
                .isEqualTo(206);
        Answer other = get(file, "Range", "bytes=0-9", "If-Range", "\"zzz\"");
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body()).hasSize(5120);
        assertThat(get(file, "Range", "bytes=0-9", "If-Range", date).status()).isEqualTo(206);
        assertThat(get(file, "Range", "bytes=0-9", "If-Range", "Sat, 01 Jan 2000 00:00:00 GMT")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b (1).bin", "grün+&=%.bin", "x.MD5SUM", "semi;colon.bin"})
    void tv103ALinkCanBeFollowedWhateverTheFileIsCalled(String fileName) {
        String id = knownDevice();
        int action = world.assign(id, release(fileName), Plan.FORCED);
        String link = deployment(id, action)
                .json()
                .at("/deployment/chunks/0/artifacts/0/_links/download-http/href")
                .asString();

        Answer answer = get(link.replace(";", "%3B"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(get(link + ".MD5SUM").status()).isEqualTo(200);
    }

    @Test
    void tv104WhatIsInstalledCanStillBeRead() {
        Offered o = offered();
        feedback(o.device, o.action, "closed", "success");

        assertThat(get(o.file()).status()).isEqualTo(200);
        assertThat(get(o.file() + ".MD5SUM").status()).isEqualTo(200);
    }

    @Test
    void tv105OtherMethodsAreRefused() {
        Offered o = offered();

        eachIs405(o.file(), "PUT", "POST", "DELETE");
        eachIs405(o.file() + ".MD5SUM", "PUT", "POST", "DELETE");
        eachIs405(o.files, "PUT", "POST", "DELETE");
    }

    @Test
    void tv106TheChecksumFileHasOneLine() throws Exception {
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));

        Answer answer = get(offered().file() + ".MD5SUM");

        assertThat(answer.text()).isEqualTo(md5 + "  file1").hasSize(39);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment;filename=file1.MD5SUM");
    }

    @Test
    void headTellsTheSizeAndLeavesNoTrace() {
        Offered o = offered();

        Answer answer = send("HEAD", o.file(), null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("5120");
        assertThat(entries(o.device, o.action)).containsExactly(ActionStatus.RUNNING);
    }

    @Test
    void aCanceledActionsFilesAreNotServed() {
        Offered o = offered();
        world.cancel(o.device, o.action, false);

        assertThat(get(o.file()).status()).isEqualTo(404);
        assertThat(get(path(o.device) + "/softwaremodules/abc/artifacts").status())
                .isEqualTo(400);
    }
}
