package dev.muster.identity;

/** What people are called, for showing: names are never in history. */
public interface PersonNames {

    /** @param person as {@link Caller#person()} has it; answers it unchanged if nobody is known by it any more */
    String of(String person);
}
