package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;

/** Somebody at the registry of images who proved to be it. */
sealed interface RegistryGuest {

    /** How the registry's log calls them. */
    String subject();

    /** Whether there is anything at all that they could do there. */
    boolean mayEnter();

    /**
     * A device.
     *
     * @param account for whom it asks
     */
    record Device(AppAgent agent, long account) implements RegistryGuest {

        @Override
        public String subject() {
            return "device:" + agent.key() + "." + account;
        }

        @Override
        public boolean mayEnter() {
            return true;
        }
    }

    /** A person, or a program of theirs, by an API token. */
    record Person(Caller caller) implements RegistryGuest {

        @Override
        public String subject() {
            return caller.actor();
        }

        @Override
        public boolean mayEnter() {
            return mayPull();
        }

        boolean mayPush() {
            return caller.may(Permission.APPS_WRITE);
        }

        boolean mayPull() {
            return mayPush() || caller.may(Permission.APPS_READ);
        }
    }
}
