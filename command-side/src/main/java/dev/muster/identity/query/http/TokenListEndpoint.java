package dev.muster.identity.query.http;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.SignedIn;
import dev.muster.identity.command.TokenUse;
import dev.muster.identity.command.http.Scopes;
import dev.muster.kernel.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Which tokens there are; never their text. */
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Tokens")
public class TokenListEndpoint {

    /** @param prefix what the token's text starts with, after {@code mst_} */
    record TokenView(
            UUID id,
            UserId owner,
            String name,
            String prefix,
            List<String> scopes,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    private final Accounts accounts;
    private final TokenUse uses;

    public TokenListEndpoint(Accounts accounts, TokenUse uses) {
        this.accounts = accounts;
        this.uses = uses;
    }

    @GetMapping
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "My tokens that are not revoked; with all=true everyone's, for administrators of users")
    Mono<Page<TokenView>> mine(@RequestParam(defaultValue = "false") boolean all) {
        return SignedIn.current().map(who -> {
            if (all && !who.permissions().contains(Permission.USERS_ADMIN)) {
                throw IdentityRefusal.NOT_ALLOWED.because("Seeing everyone's tokens needs the permission users-admin.");
            }
            List<TokenView> tokens = accounts.tokens().stream()
                    .filter(token -> all || token.owner().equals(who.owner()))
                    .sorted(Comparator.comparing(TokenCreated::tokenId))
                    .map(this::view)
                    .toList();
            return new Page<>(tokens, null, null);
        });
    }

    private TokenView view(TokenCreated token) {
        return new TokenView(
                token.tokenId(),
                token.owner(),
                token.name(),
                token.prefix(),
                Scopes.asTexts(token.scopes(), token.viewScopes()),
                token.expiresAt(),
                uses.lastUse(token.tokenId()).orElse(null));
    }
}
