package dev.muster.observe.cos;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes answers with the headers that the contract gives them (§1.4). */
final class Answers {

    private static final String JSON = "application/json";
    private static final String NO_SCRIPTS = "default-src 'none'; base-uri 'none'; form-action 'none'";

    private Answers() {}

    /** JSON, or the same on a page for a browser. */
    static Mono<Void> json(Visit visit, int status, byte[] body) {
        ServerHttpResponse response = begin(visit, status);
        Rendering as = visit.rendering();
        if (as.page()) {
            html(response);
            byte[] shown = Html.escaped(new Indenter(as.indent()).spread(body));
            return whole(response, joined(browsed(visit, status).getBytes(StandardCharsets.UTF_8), shown, END));
        }
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, JSON);
        return whole(response, as.indent() == 0 ? body : new Indenter(as.indent()).spread(body));
    }

    /** The same in pieces, for answers that are too long to be held; it has no length. */
    static Mono<Void> json(Visit visit, Flux<byte[]> pieces) {
        ServerHttpResponse response = begin(visit, 200);
        Rendering as = visit.rendering();
        Flux<byte[]> body = pieces;
        if (as.page()) {
            html(response);
            Indenter indenter = new Indenter(as.indent());
            UnaryOperator<byte[]> shown = piece -> Html.escaped(indenter.spread(piece));
            byte[] start = browsed(visit, 200).getBytes(StandardCharsets.UTF_8);
            body = Flux.concat(Mono.just(start), pieces.map(shown), Mono.just(END));
        } else {
            response.getHeaders().set(HttpHeaders.CONTENT_TYPE, JSON);
            if (as.indent() > 0) {
                body = pieces.map(new Indenter(as.indent())::spread);
            }
        }
        return response.writeWith(body.map(response.bufferFactory()::wrap));
    }

    /** Something of another type than JSON, or JSON that is no representation. */
    static Mono<Void> file(Visit visit, String type, String disposition, byte[] body) {
        ServerHttpResponse response = begin(visit, 200);
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, type);
        response.getHeaders().set(HttpHeaders.CONTENT_DISPOSITION, disposition);
        return whole(response, body);
    }

    /** Success without a body has no type either; and 204 no length (RFC 9110 §8.6), though the original sends one. */
    static Mono<Void> empty(Visit visit, int status) {
        ServerHttpResponse response = begin(visit, status);
        if (status != 204) {
            response.getHeaders().setContentLength(0);
        }
        return response.setComplete();
    }

    static Mono<Void> page(Visit visit, int status, String page) {
        ServerHttpResponse response = begin(visit, status);
        html(response);
        return whole(response, page.getBytes(StandardCharsets.UTF_8));
    }

    static Mono<Void> redirect(Visit visit, int status, String location) {
        ServerHttpResponse response = begin(visit, status);
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, Html.TYPE);
        response.getHeaders().set(HttpHeaders.LOCATION, location);
        response.getHeaders().setContentLength(0);
        return response.setComplete();
    }

    /** Nothing happens to an answer that is already on its way; its connection ends early instead. */
    static Mono<Void> failure(Visit visit, CosFailure failure) {
        if (visit.response.isCommitted()) {
            return Mono.error(failure);
        }
        visit.response.getHeaders().clear();
        failure.headers().forEach(visit.response.getHeaders()::set);
        return json(visit, failure.status(), failure.json().getBytes(StandardCharsets.UTF_8));
    }

    private static ServerHttpResponse begin(Visit visit, int status) {
        ServerHttpResponse response = visit.response;
        response.setStatusCode(HttpStatusCode.valueOf(status));
        HttpHeaders headers = response.getHeaders();
        Route route = visit.route;
        if (route != null && !(route.target().isPage() && status < 300)) {
            headers.set(HttpHeaders.ALLOW, route.target().allow);
        }
        if (route != null && !route.target().isPage()) {
            headers.set(HttpHeaders.VARY, "Accept, Cookie");
        }
        headers.set("X-Frame-Options", "DENY");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        return response;
    }

    private static void html(ServerHttpResponse response) {
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, Html.TYPE);
        response.getHeaders().set("Content-Security-Policy", NO_SCRIPTS);
    }

    private static final byte[] END = "</pre>\n</body></html>\n".getBytes(StandardCharsets.UTF_8);

    private static String browsed(Visit visit, int status) {
        String asked = visit.method.name() + ' ' + visit.request.getURI().getRawPath();
        String page = Html.page(asked, "<h1>" + Html.escaped(asked) + "</h1>\n<p>HTTP " + status + "</p>\n<pre>");
        return page.substring(0, page.indexOf("<pre>") + "<pre>".length());
    }

    private static byte[] joined(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static Mono<Void> whole(ServerHttpResponse response, byte[] body) {
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }
}
