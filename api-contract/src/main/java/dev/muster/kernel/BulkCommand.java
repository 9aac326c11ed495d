package dev.muster.kernel;

/**
 * Commands of one kind for several aggregates on one errand: each aggregate decides for itself, and what they decided
 * is stored in one append. It is not refused. Its answer says who decided; whoever is missing there, and everybody when
 * it fails, is asked alone, so that a refusal is given, and recorded, as one of the command in it.
 */
public interface BulkCommand {

    /** Of what kind the commands are. Events say that they come from such a command. */
    Class<? extends AggregateCommand> kind();
}
