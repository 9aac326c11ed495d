package dev.muster.identity.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.ViewScope;
import dev.muster.identity.command.SignedIn;
import dev.muster.identity.command.Tokens;
import dev.muster.identity.command.Tokens.Issued;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Making and revoking API tokens of one's own. */
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Tokens")
public class TokensEndpoint {

    /**
     * @param scopes wire names of permissions, or scopes of single views as {@link ViewScope} has them; at least one
     * @param expiresIn at most 365 days
     */
    record NewToken(String name, Set<String> scopes, Duration expiresIn) {}

    /** @param token the whole token, shown this once */
    record TokenOnce(UUID id, String name, String prefix, List<String> scopes, Instant expiresAt, String token) {

        static TokenOnce of(Issued issued) {
            return new TokenOnce(
                    issued.id(),
                    issued.name(),
                    issued.prefix(),
                    Scopes.asTexts(issued.scopes(), issued.viewScopes()),
                    issued.expiresAt(),
                    issued.text());
        }

        @Override
        public String toString() {
            return "TokenOnce[" + id + "]";
        }
    }

    private final Tokens tokens;

    public TokensEndpoint(Tokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "Make an API token no wider than oneself; it is shown once")
    Mono<ResponseEntity<TokenOnce>> create(@RequestBody NewToken body) {
        return Mono.zip(SignedIn.current(), Caller.current())
                .flatMap(at -> {
                    Scopes scopes = Scopes.read(body.scopes());
                    return tokens.create(
                            at.getT1(),
                            body.name(),
                            scopes.permissions(),
                            scopes.views(),
                            body.expiresIn(),
                            at.getT2().provenance());
                })
                .map(issued -> ResponseEntity.created(URI.create("/api/v1/tokens/" + issued.id()))
                        .body(TokenOnce.of(issued)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "Revoke a token; it stops working at once")
    Mono<Void> revoke(@PathVariable String id) {
        return Mono.zip(SignedIn.current(), Caller.current())
                .flatMap(at -> tokens.revoke(at.getT1(), parsed(id), at.getT2().provenance()));
    }

    private static UUID parsed(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw IdentityRefusal.TOKEN_UNKNOWN.because("There is no token " + id + ".");
        }
    }
}
