// The precompiled headers of this folder are made for a target; this is its only file.
