#!/usr/bin/env node
console.log('pullpath');
