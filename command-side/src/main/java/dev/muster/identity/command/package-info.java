/** Decisions about accounts and tokens, and what signing in needs: people in the vault, accounts in memory, sessions. */
@NullMarked
package dev.muster.identity.command;

import org.jspecify.annotations.NullMarked;
