package dev.muster.identity.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.OpenToAll;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.command.Sessions;
import dev.muster.identity.command.SignIn;
import dev.muster.identity.command.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Signing in and out with a browser, and one's own password. */
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "Session")
public class SessionEndpoint {

    record NameAndPassword(String username, String password) {

        @Override
        public String toString() {
            return "NameAndPassword[…]";
        }
    }

    record NewPassword(String current, String password) {

        @Override
        public String toString() {
            return "NewPassword[…]";
        }
    }

    private final SignIn signIn;
    private final Sessions sessions;
    private final Edition edition;

    public SessionEndpoint(SignIn signIn, Sessions sessions, Edition edition) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.edition = edition;
    }

    @PostMapping
    @OpenToAll("this is where one proves who one is; attempts are slowed down")
    @Operation(summary = "Sign in with name and password")
    Mono<Me> open(@RequestBody NameAndPassword body, ServerWebExchange exchange) {
        return Arrival.current()
                .flatMap(arrival -> signIn.with(body.username(), body.password(), arrival.address()))
                .map(welcome -> Me.welcome(welcome, exchange, edition));
    }

    @GetMapping
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "Who am I and what may I do")
    Mono<Me> me() {
        return SignedIn.current().map(who -> Me.of(who, edition));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "Sign out")
    Mono<Void> close(ServerWebExchange exchange) {
        return Mono.fromRunnable(() -> {
            HttpCookie cookie = exchange.getRequest().getCookies().getFirst(SessionCookies.SESSION);
            if (cookie != null) {
                sessions.close(cookie.getValue());
            }
            SessionCookies.clear(exchange);
        });
    }

    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "Change my password; all my other sessions end")
    Mono<Void> changePassword(@RequestBody NewPassword body, ServerWebExchange exchange) {
        return Mono.zip(SignedIn.current(), Caller.current(), Arrival.current())
                .flatMap(at -> {
                    SignedIn who = at.getT1();
                    if (who.kind() != Caller.Kind.USER) {
                        throw IdentityRefusal.NOT_ALLOWED.because("Only people with an account here have a password.");
                    }
                    return signIn.changePassword(
                            who.owner(),
                            body.current(),
                            body.password(),
                            at.getT3().address(),
                            at.getT2().provenance());
                })
                .doOnNext(welcome -> SessionCookies.set(exchange, welcome.session()))
                .then();
    }
}
