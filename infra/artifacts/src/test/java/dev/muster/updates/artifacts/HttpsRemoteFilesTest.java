package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.kernel.Refused;
import dev.muster.updates.RemoteFiles.RemoteFile;
import dev.muster.updates.RemoteUrl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/** Certificates count for the name in the address, though the connection goes to an address that was looked at. */
@Timeout(60)
class HttpsRemoteFilesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSWORD = "changeit";
    private static final Content FILE = Content.random(50_000, 6);

    private static HttpsServer server;
    private static SslContext trusting;

    /** The certificate says files.example.org. */
    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "files",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=files",
                        "-ext",
                        "san=dns:files.example.org",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, FILE.bytes().length);
            exchange.getResponseBody().write(FILE.bytes());
            exchange.close();
        });
        server.start();

        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("files", keys.getCertificate("files"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        trusting = SslContextBuilder.forClient().trustManager(trust).build();
    }

    @TempDir
    private static Path room;

    @AfterAll
    static void close() {
        server.stop(0);
    }

    private static RemoteFile read(String host, UnaryOperator<HttpClient> trust) {
        RemoteSettings settings = RemoteSettings.of(List.of("127.0.0.1"), SOON);
        HttpRemoteFiles files = new HttpRemoteFiles(
                room.resolve(UUID.randomUUID().toString()),
                settings,
                Clock.systemUTC(),
                Schedulers.boundedElastic(),
                name -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
                trust);
        RemoteUrl url =
                RemoteUrl.parse("https://" + host + ":" + server.getAddress().getPort() + "/f");
        return files.read(url, 1_000_000, UnaryOperator.identity(), whole -> {}).block(SOON);
    }

    private static HttpClient trusting(HttpClient client) {
        return client.secure(spec -> spec.sslContext(trusting));
    }

    @Test
    void aHostThatIsWhoItSaysIsRead() {
        assertThat(read("files.example.org", HttpsRemoteFilesTest::trusting).sha256())
                .isEqualTo(FILE.sha256());
    }

    @Test
    void aCertificateOfAnotherHostOrOfNobodyIsNotAccepted() {
        notAccepted("other.example.org", HttpsRemoteFilesTest::trusting);
        notAccepted("127.0.0.1", HttpsRemoteFilesTest::trusting);
        notAccepted("files.example.org", UnaryOperator.identity());
    }

    private static void notAccepted(String host, UnaryOperator<HttpClient> trust) {
        assertThatThrownBy(() -> read(host, trust)).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.refusal().code()).isEqualTo("updates.url-unreadable");
            assertThat(e.refusal().message()).contains("certificate");
        });
    }
}
