package dev.muster.identity.command.http;

import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.AdminToken;
import dev.muster.identity.command.Attempts;
import dev.muster.identity.command.Credentials;
import dev.muster.identity.command.IdentitySettings;
import dev.muster.identity.command.IdentityStart;
import dev.muster.identity.command.Passwords;
import dev.muster.identity.command.People;
import dev.muster.identity.command.Sessions;
import dev.muster.identity.command.SetupLink;
import dev.muster.identity.command.SignIn;
import dev.muster.identity.command.TokenUse;
import dev.muster.identity.command.Tokens;
import dev.muster.identity.command.TokensOnBehalf;
import dev.muster.identity.command.UserOffice;
import dev.muster.identity.query.http.PeopleEndpoint;
import dev.muster.identity.query.http.RightsEndpoint;
import dev.muster.identity.query.http.TokenListEndpoint;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Vault;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Wires identity. It needs from outside: {@link Vault}, {@link Commands}, {@link Positions}, {@link Clock},
 * {@link IdentitySettings}, {@link Edition} and {@link dev.muster.kernel.RequestIds}; {@link Accounts} must be handed
 * every event like all folds, and {@link IdentityStart#begin} be called once it has caught up.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    SetupEndpoint.class,
    SessionEndpoint.class,
    UsersEndpoint.class,
    TokensEndpoint.class,
    PeopleEndpoint.class,
    TokenListEndpoint.class,
    RightsEndpoint.class
})
public class IdentityConfiguration {

    @Bean
    Accounts accounts() {
        return new Accounts();
    }

    @Bean
    People people(Vault vault) {
        return new People(vault);
    }

    @Bean(destroyMethod = "close")
    Passwords passwords(IdentitySettings settings) {
        return new Passwords(settings.hashing());
    }

    @Bean
    Attempts attempts(IdentitySettings settings, Clock clock) {
        return new Attempts(settings.attempts(), clock);
    }

    @Bean
    Sessions sessions(Accounts accounts, IdentitySettings settings, Clock clock) {
        return new Sessions(accounts, settings.sessions(), clock);
    }

    @Bean(destroyMethod = "close")
    TokenUse tokenUse(Vault vault, IdentitySettings settings, Clock clock) {
        return new TokenUse(vault, settings.tokens(), clock);
    }

    @Bean
    Credentials credentials(Accounts accounts, People people, Sessions sessions, TokenUse tokenUse, Clock clock) {
        return new Credentials(accounts, people, sessions, tokenUse, clock);
    }

    @Bean
    UserOffice userOffice(
            Accounts accounts,
            People people,
            Passwords passwords,
            Commands commands,
            Positions positions,
            Clock clock,
            IdentitySettings settings) {
        return new UserOffice(accounts, people, passwords, commands, positions, clock, settings);
    }

    @Bean
    SignIn signIn(
            Accounts accounts,
            People people,
            Passwords passwords,
            Sessions sessions,
            Attempts attempts,
            UserOffice office) {
        return new SignIn(accounts, people, passwords, sessions, attempts, office);
    }

    @Bean
    Tokens tokens(Accounts accounts, Commands commands, Positions positions, IdentitySettings settings, Clock clock) {
        return new Tokens(accounts, commands, positions, settings.tokens(), clock);
    }

    @Bean
    TokensOnBehalf tokensOnBehalf(
            Accounts accounts,
            Tokens tokens,
            Commands commands,
            Positions positions,
            IdentitySettings settings,
            Clock clock) {
        return new TokensOnBehalf(accounts, tokens, commands, positions, settings.tokens(), clock);
    }

    @Bean
    SetupLink setupLink(Vault vault, Accounts accounts, UserOffice office, SignIn signIn, Attempts attempts) {
        return new SetupLink(vault, accounts, office, signIn, attempts);
    }

    @Bean
    AdminToken adminToken(
            Accounts accounts,
            Credentials credentials,
            Tokens tokens,
            Commands commands,
            Positions positions,
            IdentitySettings settings) {
        return new AdminToken(accounts, credentials, tokens, commands, positions, settings);
    }

    @Bean
    IdentityStart identityStart(Accounts accounts, People people, TokenUse tokenUse, SetupLink setupLink) {
        return new IdentityStart(accounts, people, tokenUse, setupLink);
    }
}
