package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;

/** Somebody who looks at a log. */
final class LogViewer implements AutoCloseable {

    private final InputStream body;
    private final StringBuilder seen = new StringBuilder();

    LogViewer(AppsWorld world, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.server.baseUrl() + path))
                .header("Authorization", world.token("apps-read"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> answer = world.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        body = answer.body();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        byte[] bytes = new byte[4_096];
        try {
            for (int n = body.read(bytes); n >= 0; n = body.read(bytes)) {
                synchronized (seen) {
                    seen.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // It is over.
        }
    }

    void sees(String text) {
        Awaitility.await()
                .atMost(AppsWorld.WAIT)
                .until(
                        () -> {
                            synchronized (seen) {
                                return seen.toString();
                            }
                        },
                        all -> all.contains(text));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
