import fc from 'fast-check';

// The same cases in every run: a suite that fails by chance tells nobody what broke. Other cases: PULLPATH_SEED=N, `npm run fuzz`.
fc.configureGlobal({ seed: Number(process.env['PULLPATH_SEED'] ?? 1) });
