#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// The first statement that costs time: what follows is compiled once per machine instead of once per run.
enableCompileCache();
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv.slice(2));
