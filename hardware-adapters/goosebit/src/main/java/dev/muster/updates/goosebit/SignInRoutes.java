package dev.muster.updates.goosebit;

import dev.muster.identity.IdentityRefusal;
import dev.muster.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Signing in and out, the first administrator, and the pages' addresses, which lead to this server's own console
 * (contract §8.1, §8.2).
 */
final class SignInRoutes {

    private static final String CONSOLE = "/";

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;
    private final Bodies bodies;
    private final PeopleGate gate;

    SignInRoutes(GoosebitPorts ports, GoosebitSettings settings, Bodies bodies, PeopleGate gate) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.gate = gate;
    }

    private record NameAndPassword(String username, String password) {

        static NameAndPassword of(Form form) {
            List<Problem> problems = new ArrayList<>();
            String username = required(form, "username", problems);
            String password = required(form, "password", problems);
            String grant = form.last("grant_type");
            if (grant != null && !grant.isEmpty() && !grant.equals("password")) {
                problems.add(new Problem(
                        "string_pattern_mismatch",
                        List.of("body", "grant_type"),
                        "String should match pattern '^password$'",
                        Json.text(grant),
                        Json.object().put("pattern", "^password$")));
            }
            if (!problems.isEmpty()) {
                throw WireFailure.unprocessable(problems);
            }
            return new NameAndPassword(username, password);
        }

        private static String required(Form form, String field, List<Problem> problems) {
            String text = form.last(field);
            if (text == null || text.isEmpty()) {
                problems.add(Problem.missing(List.of("body", field), Json.nothing()));
                return "";
            }
            return text;
        }

        @Override
        public String toString() {
            return "NameAndPassword[…]";
        }
    }

    Mono<Void> login(Visit visit) {
        return bodies.form(visit).map(NameAndPassword::of).flatMap(said -> in(visit, said));
    }

    private Mono<Void> in(Visit visit, NameAndPassword said) {
        return ports.signIns()
                .signIn(said.username(), said.password(), visit.addressText())
                .flatMap(secret -> token(visit, secret));
    }

    private static Mono<Void> token(Visit visit, String secret) {
        return Answers.json(visit, Json.object().put("access_token", secret).put("token_type", "bearer"));
    }

    /**
     * The first administrator, where an operator allowed that here. Otherwise it is a sign-in, as clients of the original
     * expect, except that a refused one reads the same whether or not there is such a user.
     */
    Mono<Void> setUp(Visit visit) {
        return bodies.form(visit).map(NameAndPassword::of).flatMap(said -> {
            if (settings.setup() && !ports.signIns().isSetUp()) {
                return ports.signIns()
                        .setUp(said.username(), said.password(), visit.circumstances(true), visit.addressText())
                        // Two came first at once: one of them is the administrator.
                        .onErrorMap(e -> Refused.is(e, IdentityRefusal.SETUP_CLOSED), e -> setUpAlready())
                        .flatMap(secret -> token(visit, secret));
            }
            return in(visit, said)
                    .onErrorMap(
                            e -> Refused.is(e, IdentityRefusal.WRONG_CREDENTIALS),
                            e -> ports.signIns().isSetUp() ? setUpAlready() : notHere());
        });
    }

    private static WireFailure setUpAlready() {
        return WireFailure.detail(403, "Setup has been completed already");
    }

    private static WireFailure notHere() {
        return WireFailure.detail(
                403, "The first administrator is made with the link that was printed at the first start");
    }

    /** The cookie is taken away, and what it stood for ends. */
    Mono<Void> logout(Visit visit) {
        String cookie = PeopleGate.cookie(visit);
        if (cookie != null) {
            ports.signIns().signOut(cookie);
        }
        visit.response
                .getHeaders()
                .set(HttpHeaders.SET_COOKIE, PeopleGate.COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        return Answers.redirect(visit, 302, settings.prefix() + "/login");
    }

    Mono<Void> root(Visit visit) {
        return Answers.redirect(visit, 307, settings.prefix() + "/ui");
    }

    /** Pages of the original: whoever is signed in goes to the console, anyone else to where one signs in. */
    Mono<Void> page(Visit visit) {
        return Answers.redirect(visit, 302, gate.isSignedIn(visit) ? CONSOLE : settings.prefix() + "/login");
    }

    Mono<Void> loginPage(Visit visit) {
        return Answers.redirect(visit, 302, CONSOLE);
    }

    Mono<Void> setupPage(Visit visit) {
        return Answers.redirect(visit, 302, ports.signIns().isSetUp() ? settings.prefix() + "/login" : CONSOLE);
    }
}
