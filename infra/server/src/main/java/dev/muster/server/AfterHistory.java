package dev.muster.server;

/**
 * Something that begins when this node has read history, before anybody is let in, and is ended first when the server
 * stops. Beans of this type begin in their order ({@code @Order}) and end in the reverse one.
 */
public interface AfterHistory {

    /** Blocks until it has begun; what it throws stops the start. */
    void begin();

    /** Breaks off what is under way. Called also when it never began. */
    void end() throws Exception;
}
