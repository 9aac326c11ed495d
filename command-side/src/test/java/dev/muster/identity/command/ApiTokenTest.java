package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.TokenCommand.CreateToken;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.TokenEvent.TokenRevoked;
import dev.muster.identity.UserId;
import dev.muster.identity.ViewScope;
import dev.muster.kernel.Refused;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

class ApiTokenTest {

    private static final UUID ID = UUID.fromString("0198f1d2-0000-7000-8000-000000000002");
    private static final UserId ANN = new UserId(UUID.fromString("0198f1d2-0000-7000-8000-000000000001"));
    private static final Set<Permission> SCOPES = Set.of(Permission.DEVICES_READ);
    private static final Instant END = Instant.parse("2026-12-31T00:00:00Z");
    private static final TokenCreated CREATED =
            new TokenCreated(ID, ANN, "ci", "abcd1234", "d".repeat(64), SCOPES, END);
    private final AggregateTestFixture<ApiToken> token = new AggregateTestFixture<>(ApiToken.class);

    @Test
    void aTokenIsCreatedOnce() {
        token.givenNoPriorActivity().when(create("ci", SCOPES)).expectEvents(CREATED);
        token.given(CREATED).when(create("ci", SCOPES)).expectNoEvents();
    }

    @Test
    void anIdIsNeverUsedForAnotherToken() {
        refused(token.given(CREATED).when(create("other", SCOPES)), IdentityRefusal.TOKEN_INVALID);
        refused(token.given(CREATED, new TokenRevoked(ID)).when(create("ci", SCOPES)), IdentityRefusal.TOKEN_INVALID);
    }

    @Test
    void aTokenNeedsANameAndAScope() {
        refused(token.givenNoPriorActivity().when(create(" ", SCOPES)), IdentityRefusal.TOKEN_INVALID);
        refused(token.givenNoPriorActivity().when(create("x".repeat(101), SCOPES)), IdentityRefusal.TOKEN_INVALID);
        refused(token.givenNoPriorActivity().when(create("a\u0007b", SCOPES)), IdentityRefusal.TOKEN_INVALID);
        refused(token.givenNoPriorActivity().when(create("ci", Set.of())), IdentityRefusal.TOKEN_INVALID);
    }

    @Test
    void aScopeOfOneViewIsAScope() {
        CreateToken create = new CreateToken(
                ID,
                ANN,
                "ci",
                "abcd1234",
                "d".repeat(64),
                Set.of(),
                END,
                Set.of(ViewScope.named("registry:read:network/observe-device")));
        token.givenNoPriorActivity()
                .when(create)
                .expectEvents(new TokenCreated(
                        ID,
                        ANN,
                        "ci",
                        "abcd1234",
                        "d".repeat(64),
                        Set.of(),
                        END,
                        Set.of("registry:read:network/observe-device")));
    }

    @Test
    void revokingTwiceIsRevokingOnce() {
        token.given(CREATED).when(new RevokeToken(ID)).expectEvents(new TokenRevoked(ID));
        token.given(CREATED, new TokenRevoked(ID)).when(new RevokeToken(ID)).expectNoEvents();
        refused(token.givenNoPriorActivity().when(new RevokeToken(ID)), IdentityRefusal.TOKEN_UNKNOWN);
    }

    private static CreateToken create(String name, Set<Permission> scopes) {
        return new CreateToken(ID, ANN, name, "abcd1234", "d".repeat(64), scopes, END);
    }

    private static void refused(ResultValidator<ApiToken> result, IdentityRefusal code) {
        result.expectNoEvents()
                .expectException(Refused.class)
                .expectExceptionDetails(Matchers.hasToString(Matchers.containsString(code.code())));
    }
}
