package dev.muster.apps;

import dev.muster.identity.Caller;

/**
 * Answers agents what the people may that call them. An agent asks while a call goes on, and knows a number alone: so
 * whoever calls for somebody says before what they may, for rights of tokens and of people from elsewhere are known only
 * while they are here.
 */
public interface AgentPrivileges {

    /** Remembers for a minute what this caller may; a later word takes the place of an earlier one. */
    void remember(long account, Caller caller);

    /** From what was remembered, else from the roles that the person has. Nobody's number may nothing. */
    boolean may(long account, AgentPrivilege privilege);
}
