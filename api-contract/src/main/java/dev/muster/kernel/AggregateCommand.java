package dev.muster.kernel;

/** What is asked of one aggregate. Every command is one, or a {@link BulkCommand} of such. */
public interface AggregateCommand {

    /** Of the aggregate that decides it, as text: its kind, a slash and what it is known by there. */
    String aggregateId();
}
