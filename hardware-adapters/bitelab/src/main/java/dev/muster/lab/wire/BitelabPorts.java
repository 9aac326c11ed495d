package dev.muster.lab.wire;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.PersonNames;
import dev.muster.identity.UserNames;
import dev.muster.lab.BoardProcesses;
import dev.muster.lab.Boards;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.EtherPorts;
import dev.muster.lab.LabAudit;
import dev.muster.lab.LabContacts;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRequests;
import dev.muster.lab.RefusedOrders;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record BitelabPorts(
        Boards boards,
        LabRequests requests,
        LabOrders orders,
        LabAudit audit,
        LabContacts contacts,
        RefusedOrders refused,
        Meters meters,
        ConsoleLines consoles,
        BoardProcesses processes,
        EtherPorts ethers,
        BearerTokens tokens,
        TokenDesk desk,
        Tickets tickets,
        PersonNames names,
        UserNames users,
        Peers peers,
        Clock clock) {}
