package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.testing.HandClock;
import dev.muster.updates.RemoteFiles.RemoteFile;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UpdatesRefusal;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A real client against real hosts, most of which mean no good. */
@Timeout(60)
class HttpRemoteFilesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final long SIZE_MAX = 1_000_000;
    private static final Content FILE = Content.random(300_000, 5);

    @TempDir
    private static Path room;

    private static RemoteSettings settings(String... allowed) {
        return new RemoteSettings(
                List.of(allowed), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    private static HttpRemoteFiles files(RemoteSettings settings, RemoteDoor.Names names) {
        return new HttpRemoteFiles(
                room.resolve(UUID.randomUUID().toString()),
                settings,
                HandClock.at(NOW),
                Schedulers.boundedElastic(),
                names,
                UnaryOperator.identity());
    }

    private static HttpRemoteFiles files() {
        return files(settings("127.0.0.1"), InetAddress::getAllByName);
    }

    private static RemoteFile read(HttpRemoteFiles files, String url) {
        return files.read(RemoteUrl.parse(url), SIZE_MAX, UnaryOperator.identity(), whole -> {})
                .block(SOON);
    }

    private static Refusal refusal(HttpRemoteFiles files, String url) {
        Throwable failure = catchThrowable(() -> read(files, url));
        assertThat(failure).isInstanceOf(Refused.class);
        Refusal refusal = ((Refused) failure).refusal();
        assertThat(refusal.message()).doesNotContain("127.0.0").doesNotContain("hush");
        return refusal;
    }

    @Test
    void aFileIsReadWhollyAndNotKept() throws Exception {
        try (RawHost host = RawHost.giving(FILE.bytes())) {
            List<ByteBuffer> passed = new ArrayList<>();
            RemoteFile file = files().read(
                            RemoteUrl.parse(host.url("/a%20b/f.swu?x=1&y=%2F")),
                            SIZE_MAX,
                            content -> content.doOnNext(passed::add),
                            whole -> {})
                    .block(SOON);

            assertThat(file)
                    .isEqualTo(new RemoteFile(FILE.sha256(), FILE.digest("SHA-1"), FILE.digest("MD5"), 300_000, NOW));
            assertThat(Content.joined(Flux.fromIterable(passed))).isEqualTo(FILE.bytes());
            assertThat(host.requests).hasSize(1);
            String request = host.requests.getFirst();
            assertThat(request).startsWith("GET /a%20b/f.swu?x=1&y=%2F HTTP/1.1\r\n");
            assertThat(request.toLowerCase())
                    .contains("host: 127.0.0.1:" + host.port() + "\r\n")
                    .contains("accept-encoding: identity\r\n")
                    .doesNotContain("authorization");
        }
    }

    @Test
    void aFileInChunksIsTheSame() throws Exception {
        try (RawHost host = new RawHost(out -> {
            out.write(RawHost.head("200 OK", "Transfer-Encoding: chunked"));
            for (int from = 0; from < FILE.bytes().length; from += 7_777) {
                byte[] piece = Arrays.copyOfRange(FILE.bytes(), from, Math.min(from + 7_777, FILE.bytes().length));
                out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(piece);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(read(files(), host.url("/f")).sha256()).isEqualTo(FILE.sha256());
        }
    }

    @Test
    void userAndPasswordAreSentDecodedAndNowhereElse() throws Exception {
        try (RawHost host = RawHost.giving(FILE.bytes())) {
            read(files(), "http://us%3Aer:hush%40%3A@127.0.0.1:" + host.port() + "/f");

            String basic = Base64.getEncoder().encodeToString("us:er:hush@:".getBytes(StandardCharsets.UTF_8));
            assertThat(host.requests.getFirst())
                    .containsIgnoringCase("authorization: Basic " + basic)
                    .startsWith("GET /f HTTP/1.1\r\n")
                    .doesNotContain("hush");
        }
    }

    static Stream<Arguments> answersThatAreNoFile() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 1000; i++) {
                gzip.write(new byte[100_000]);
            }
        }
        String packed = bomb.toString(StandardCharsets.ISO_8859_1);
        String ok = "HTTP/1.1 200 OK\r\n";
        String length = "Content-Length: " + bomb.size() + "\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "clouds' credentials",
                        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\n"
                                + "Content-Length: 0\r\n\r\n",
                        "302"),
                Arguments.of("a loop", "HTTP/1.1 307 Again\r\nLocation: /f\r\nContent-Length: 0\r\n\r\n", "307"),
                Arguments.of("not found", "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc", "404"),
                Arguments.of("a part", "HTTP/1.1 206 Partial\r\nContent-Length: 3\r\n\r\nabc", "206"),
                Arguments.of("nothing", "HTTP/1.1 204 No Content\r\n\r\n", "204"),
                Arguments.of("a bomb", ok + "Content-Encoding: gzip\r\n" + length + packed, "encoded"),
                Arguments.of("two layers", ok + "Content-Encoding: identity, gzip\r\n" + length + packed, "encoded"),
                Arguments.of(
                        "packed on the way",
                        ok + "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "not known here"),
                Arguments.of("no length", ok + "\r\nabc", "how long"),
                Arguments.of("too short", ok + "Content-Length: 100\r\n\r\nabc", "broke off"),
                Arguments.of("a cut chunk", ok + "Transfer-Encoding: chunked\r\n\r\n64\r\nabc", "broke off"),
                Arguments.of("no end", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "broke off"),
                Arguments.of("a length of letters", ok + "Content-Length: abc\r\n\r\nabc", ""),
                Arguments.of("two lengths", ok + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", ""),
                Arguments.of("another protocol", "SSH-2.0-OpenSSH_9.2p1\r\n", "HTTP"),
                Arguments.of("silence", "", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatAreNoFile")
    void whatIsNotTheFileIsNotTakenForIt(String name, String answer, String word) throws Exception {
        try (RawHost host = RawHost.saying(answer)) {
            Refusal refusal = refusal(files(), host.url("/f"));

            assertThat(refusal.code()).isEqualTo("updates.url-unreadable");
            assertThat(refusal.message()).contains(word);
            assertThat(host.requests).as("asked once, and nobody else").hasSize(1);
        }
    }

    @Test
    void aVastFileIsNotEvenBegun() throws Exception {
        try (RawHost host = new RawHost(out -> {
            out.write(RawHost.head("200 OK", "Content-Length: 9000000000000000"));
            out.flush();
            while (true) {
                out.write(new byte[10_000]);
            }
        })) {
            assertThat(refusal(files(), host.url("/f")).code()).isEqualTo("updates.artifact-too-large");
            assertThat(host.wasLeft()).isTrue();
        }
    }

    @Test
    void anEndlessFileIsLeftAtTheLimit() throws Exception {
        try (RawHost host = new RawHost(out -> {
            out.write(RawHost.head("200 OK", "Transfer-Encoding: chunked"));
            byte[] chunk = ("2710\r\n" + "a".repeat(10_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(chunk);
            }
        })) {
            assertThat(refusal(files(), host.url("/f")).code()).isEqualTo("updates.artifact-too-large");
            assertThat(host.wasLeft()).isTrue();
        }
    }

    @Test
    void whoFallsSilentIsNotWaitedFor() throws Exception {
        RemoteSettings impatient = new RemoteSettings(
                List.of("127.0.0.1"), Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(15));
        try (RawHost host = new RawHost(out -> {
            out.write(RawHost.head("200 OK", "Content-Length: 100"));
            out.write(1);
            out.flush();
            Thread.sleep(SOON);
        })) {
            Refusal refusal = refusal(files(impatient, InetAddress::getAllByName), host.url("/f"));
            assertThat(refusal.code()).isEqualTo("updates.url-unreadable");
            assertThat(refusal.message()).contains("silent");
        }
    }

    @Test
    void whoDripsIsNotWaitedForEither() throws Exception {
        RemoteSettings impatient = new RemoteSettings(
                List.of("127.0.0.1"), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1));
        try (RawHost host = new RawHost(out -> {
            out.write(RawHost.head("200 OK", "Content-Length: 100000"));
            while (true) {
                out.write(1);
                out.flush();
                Thread.sleep(50);
            }
        })) {
            Refusal refusal = refusal(files(impatient, InetAddress::getAllByName), host.url("/f"));
            assertThat(refusal.code()).isEqualTo("updates.url-unreadable");
            assertThat(refusal.message()).contains("too long");
            assertThat(host.wasLeft()).isTrue();
        }
    }

    @Test
    void aReaderThatHasSeenEnoughEndsIt() throws Exception {
        try (RawHost host = new RawHost(out -> {
            out.write(RawHost.head("200 OK", "Content-Length: 900000"));
            for (int i = 0; i < 9; i++) {
                out.write(new byte[1000]);
            }
            out.flush();
            while (true) {
                out.write(1);
                out.flush();
                Thread.sleep(20);
            }
        })) {
            assertThatThrownBy(() -> files().read(
                                    RemoteUrl.parse(host.url("/f")),
                                    SIZE_MAX,
                                    content -> content.doOnNext(bytes -> {
                                        throw UpdatesRefusal.BUNDLE_INVALID.because("No.");
                                    }),
                                    whole -> {})
                            .block(SOON))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.refusal().code()).isEqualTo("updates.bundle-invalid"));
            assertThat(host.wasLeft()).isTrue();
        }
    }

    @Test
    void whoIsNotThereCannotBeRead() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Refusal refusal = refusal(files(), "http://127.0.0.1:" + free + "/f");
        assertThat(refusal.code()).isEqualTo("updates.url-unreadable");
        assertThat(refusal.message()).contains("cannot be reached");

        HttpRemoteFiles nameless = files(settings(), host -> {
            throw new UnknownHostException(host);
        });
        assertThat(refusal(nameless, "http://nobody.example.org/f").message()).contains("not known");
    }

    @Test
    void aHostThatIsNotPublicIsNotEvenAsked() throws Exception {
        try (RawHost host = RawHost.giving(FILE.bytes())) {
            HttpRemoteFiles strict = files(settings(), InetAddress::getAllByName);
            for (String name : List.of("127.0.0.1", "localhost")) {
                Refusal refusal = refusal(strict, "http://" + name + ":" + host.port() + "/f");
                assertThat(refusal.code()).isEqualTo("updates.url-refused");
                assertThat(refusal.hint()).contains("muster.artifacts.remote.allowed");
            }
            assertThat(host.requests).isEmpty();
        }
    }

    @Test
    void aNameThatChangesItsMindLeadsNobodyElsewhere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RawHost first = RawHost.giving(FILE.bytes());
                RawHost inside = new RawHost("127.0.0.2", first.port(), out -> RawHost.give(out, new byte[1]))) {
            HttpRemoteFiles files =
                    files(settings("127.0.0.1"), host -> new InetAddress[] {
                        InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")
                    });
            String url = "http://files.example.org:" + first.port() + "/f";

            assertThat(read(files, url).sha256()).isEqualTo(FILE.sha256());
            assertThat(asked).as("a name is resolved once").hasValue(1);
            assertThat(first.requests.getFirst())
                    .containsIgnoringCase("host: files.example.org:" + first.port() + "\r\n");
            assertThat(refusal(files, url).code()).as("and looked at each time").isEqualTo("updates.url-refused");
            assertThat(inside.requests).isEmpty();
        }
    }

    @Test
    void hostsWithSeveralAddressesAreTriedOnEach() throws Exception {
        try (RawHost host = RawHost.giving(FILE.bytes())) {
            HttpRemoteFiles files = files(settings("127.0.0.0/8"), name ->
                    new InetAddress[] {InetAddress.ofLiteral("127.0.0.9"), InetAddress.ofLiteral("127.0.0.1")});
            assertThat(read(files, "http://files.example.org:" + host.port() + "/f")
                            .size())
                    .isEqualTo(300_000);
        }
    }
}
