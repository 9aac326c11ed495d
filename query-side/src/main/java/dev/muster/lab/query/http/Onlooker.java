package dev.muster.lab.query.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.PersonNames;

/**
 * Who looks, and what of others' is theirs to see: keys, context and environment are for whoever brought them and for
 * those who run the lab.
 *
 * @param person as {@link Caller#person()} has it
 */
record Onlooker(String person, boolean runsTheLab, PersonNames names) {

    static Onlooker of(Caller caller, PersonNames names) {
        return new Onlooker(caller.person(), caller.may(Permission.LAB_ADMIN), names);
    }

    boolean is(String holder) {
        return person.equals(holder);
    }

    boolean mayLookInto(String holder) {
        return runsTheLab || is(holder);
    }

    String nameOf(String holder) {
        return names.of(holder);
    }
}
