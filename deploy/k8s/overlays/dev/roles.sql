-- A role for each service, owner of the schema of its name and of nothing else.
CREATE ROLE intake LOGIN PASSWORD 'trial';
CREATE ROLE outreach LOGIN PASSWORD 'trial';
CREATE ROLE referral LOGIN PASSWORD 'trial';
CREATE ROLE routing LOGIN PASSWORD 'trial';
CREATE ROLE translation LOGIN PASSWORD 'trial';
CREATE SCHEMA intake AUTHORIZATION intake;
CREATE SCHEMA outreach AUTHORIZATION outreach;
CREATE SCHEMA referral AUTHORIZATION referral;
CREATE SCHEMA routing AUTHORIZATION routing;
CREATE SCHEMA translation AUTHORIZATION translation;
