package dev.muster.identity.command;

import java.util.Optional;

/** What identity does once at start, after the accounts have caught up with the log and before anyone is let in. */
public final class IdentityStart {

    private final Accounts accounts;
    private final People people;
    private final TokenUse tokenUse;
    private final SetupLink setupLink;

    public IdentityStart(Accounts accounts, People people, TokenUse tokenUse, SetupLink setupLink) {
        this.accounts = accounts;
        this.people = people;
        this.tokenUse = tokenUse;
        this.setupLink = setupLink;
    }

    /** Tidies the vault and answers the code of the set-up link when there is no account yet. Blocks. */
    public Optional<String> begin() {
        people.tidy(accounts);
        tokenUse.tidy(accounts);
        return setupLink.renew();
    }
}
