package dev.muster.identity.command.http;

import dev.muster.identity.OpenToAll;
import dev.muster.identity.UserId;
import dev.muster.identity.command.SetupLink;
import dev.muster.kernel.RequestIds;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The first administrator, by the link the server prints at its first start. */
@RestController
@RequestMapping("/api/v1/setup")
@Tag(name = "Session")
public class SetupEndpoint {

    /** @param open whether the first administrator is still missing */
    record Setup(boolean open, boolean demo) {}

    /** @param link the code behind the {@code #} of the printed link */
    record FirstAdmin(String link, String username, String password) {

        @Override
        public String toString() {
            return "FirstAdmin[…]";
        }
    }

    private final SetupLink link;
    private final RequestIds ids;
    private final Edition edition;

    public SetupEndpoint(SetupLink link, RequestIds ids, Edition edition) {
        this.link = link;
        this.ids = ids;
        this.edition = edition;
    }

    @GetMapping
    @OpenToAll("the console must know whether to ask for a set-up or a sign-in")
    @Operation(summary = "Whether the first administrator is still missing")
    Mono<Setup> state() {
        return Mono.fromSupplier(() -> new Setup(link.isOpen(), edition.demo()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @OpenToAll("nobody has an account yet; the one-time code is the proof")
    @Operation(summary = "Make the first administrator with the one-time code and sign in")
    Mono<Me> redeem(@RequestBody FirstAdmin body, ServerWebExchange exchange) {
        return Mono.zip(Arrival.current(), ids.next())
                .flatMap(at -> link.redeem(
                        body.link(),
                        new UserId(at.getT2()),
                        body.username(),
                        body.password(),
                        at.getT1().provenance(),
                        at.getT1().address()))
                .map(welcome -> Me.welcome(welcome, exchange, edition));
    }
}
