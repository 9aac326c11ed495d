/** Stories told to the whole server, as its users would tell them. */
package dev.muster.story;
