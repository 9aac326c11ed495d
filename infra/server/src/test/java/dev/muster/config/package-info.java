/** Registries of configuration on the whole server. */
package dev.muster.config;
